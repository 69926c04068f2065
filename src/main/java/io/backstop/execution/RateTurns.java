package io.backstop.execution;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whose turn it is among the tasks that want more calls of one service than its rate allows. They
 * ask in the same order again and again, so that without turns the first one would get all: who was
 * refused longest ago goes first, and takes what there is at that moment; one that has only LOW
 * work after the others. A task that has not asked for a while loses its turn. Thread-safe: tasks
 * of several stream threads meet here; times are epoch milliseconds.
 */
final class RateTurns {
  /** A task that wants a call asks every few milliseconds. */
  private static final long PATIENCE_MS = 100;

  /** When a task last asked, and for what. */
  private record Asked(Demand demand, long at) {}

  /** The tasks that were refused, in the order of their turns. */
  private final Map<Object, Asked> refused = new LinkedHashMap<>();

  private final Precedence precedence;
  private Object lastStarted;
  private long lastStartedAt;

  RateTurns(int starvationTurn) {
    this.precedence = new Precedence(starvationTurn);
  }

  /** Whether nobody else is to go first; one that is not let in keeps or gets its place. */
  synchronized boolean isTurnOf(Object task, Demand demand, long now) {
    if (refused.isEmpty() || task == lastStarted && now == lastStartedAt) {
      return true;
    }
    refused
        .entrySet()
        .removeIf(
            each -> each.getKey() != task && Math.abs(now - each.getValue().at()) > PATIENCE_MS);
    if (isAnyBefore(task, demand)) {
      refused.put(task, new Asked(demand, now));
      return false;
    }
    return true;
  }

  private boolean isAnyBefore(Object task, Demand demand) {
    boolean isPassed = false;
    for (Map.Entry<Object, Asked> each : refused.entrySet()) {
      Demand other = each.getValue().demand();
      if (each.getKey() == task) {
        isPassed = true;
      } else if (other == demand ? !isPassed : other == precedence.first()) {
        return true;
      }
    }
    return false;
  }

  /** The rate let the task start a call. */
  synchronized void started(Object task, Demand demand, long now) {
    lastStarted = task;
    lastStartedAt = now;
    refused.remove(task);
    boolean patientWaits =
        refused.values().stream().anyMatch(each -> each.demand() == Demand.PATIENT);
    precedence.started(demand, patientWaits);
  }

  /** The rate let the task start none. */
  synchronized void refused(Object task, Demand demand, long now) {
    refused.put(task, new Asked(demand, now));
  }

  /** The task asks no more. */
  synchronized void forget(Object task) {
    refused.remove(task);
    lastStarted = lastStarted == task ? null : lastStarted;
  }
}
