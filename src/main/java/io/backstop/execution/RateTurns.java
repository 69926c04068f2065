package io.backstop.execution;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whose turn it is among the tasks that want more calls of one service than its rate allows. They
 * ask in the same order again and again, so that without turns the first one would get all: who was
 * refused longest ago goes first, and takes what there is at that moment. A task that has not asked
 * for a while loses its turn. Thread-safe: tasks of several stream threads meet here; times are
 * epoch milliseconds.
 */
final class RateTurns {
  /** A task that wants a call asks every few milliseconds. */
  private static final long PATIENCE_MS = 100;

  /** When each task that was refused last asked, in the order of their turns. */
  private final Map<Object, Long> refused = new LinkedHashMap<>();

  private Object lastStarted;
  private long lastStartedAt;

  /** Whether nobody else is to go first; one that is not let in keeps or gets its place. */
  synchronized boolean isTurnOf(Object task, long now) {
    if (refused.isEmpty() || task == lastStarted && now == lastStartedAt) {
      return true;
    }
    for (Iterator<Map.Entry<Object, Long>> all = refused.entrySet().iterator(); all.hasNext(); ) {
      Map.Entry<Object, Long> first = all.next();
      if (first.getKey() == task) {
        return true;
      } else if (Math.abs(now - first.getValue()) <= PATIENCE_MS) {
        refused.put(task, now);
        return false;
      }
      all.remove();
    }
    return true;
  }

  /** The rate let the task start a call. */
  synchronized void started(Object task, long now) {
    lastStarted = task;
    lastStartedAt = now;
    refused.remove(task);
  }

  /** The rate let the task start none. */
  synchronized void refused(Object task, long now) {
    refused.put(task, now);
  }

  /** The task asks no more. */
  synchronized void forget(Object task) {
    refused.remove(task);
    lastStarted = lastStarted == task ? null : lastStarted;
  }
}
