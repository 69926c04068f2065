package io.backstop.execution;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;

/**
 * The calls that one service may have in flight from this process, shared out among the tasks that
 * want them. While another task waits, no task takes more than its even share, and where there are
 * fewer slots than tasks they take turns, so that one which refills its own slots cannot starve the
 * rest. Tasks that have only LOW work make way for the others. Thread-safe: tasks of several stream
 * threads meet here.
 */
final class ServiceSlots {
  private final IntSupplier limits;
  private final Map<Object, Integer> held = new HashMap<>();

  /** In the order of their turns. */
  private final Map<Object, Demand> waiting = new LinkedHashMap<>();

  private final Precedence precedence;
  private int inUse;

  /**
   * @param limits gives how many calls may be in flight at once now, at least 1
   * @param starvationTurn how often in a row tasks that have only LOW work make way
   */
  ServiceSlots(IntSupplier limits, int starvationTurn) {
    this.limits = limits;
    this.precedence = new Precedence(starvationTurn);
  }

  /** Takes a slot if there is one for this task, which wants it for work of this kind. */
  synchronized boolean tryAcquire(Object task, Demand demand) {
    int own = held.getOrDefault(task, 0);
    int limit = limits.getAsInt();
    if (inUse >= limit || own >= share(task, demand, limit)) {
      return false;
    }
    held.put(task, own + 1);
    inUse++;
    Demand waited = waiting.remove(task);
    precedence.started(demand, waiting.containsValue(Demand.PATIENT));
    if (waited != null) {
      waiting.put(task, waited);
    }
    return true;
  }

  /**
   * @throws IllegalStateException when the task holds none
   */
  synchronized void release(Object task) {
    int own = held.getOrDefault(task, 0);
    if (own == 0) {
      throw new IllegalStateException("task " + task + " holds no slot");
    }
    if (own == 1) {
      held.remove(task);
    } else {
      held.put(task, own - 1);
    }
    inUse--;
  }

  /** Says what a task has waiting for a slot. */
  synchronized void setWaiting(Object task, Demand demand) {
    if (demand == Demand.NONE) {
      waiting.remove(task);
    } else {
      waiting.put(task, demand);
    }
  }

  /** Gives back everything that a closing task holds or waits for. */
  synchronized void forget(Object task) {
    Integer own = held.remove(task);
    inUse -= own == null ? 0 : own;
    waiting.remove(task);
  }

  synchronized int inUse() {
    return inUse;
  }

  private int share(Object task, Demand demand, int limit) {
    Demand first = precedence.first();
    Set<Object> sharers = new LinkedHashSet<>();
    Object front = null;
    Object next = null;
    boolean othersWait = false;
    for (Map.Entry<Object, Demand> each : waiting.entrySet()) {
      boolean isOther = !each.getKey().equals(task);
      if (isOther && first == Demand.URGENT && each.getValue() != demand) {
        if (demand == Demand.PATIENT) {
          return 0;
        }
        continue;
      }
      othersWait |= isOther;
      front = front == null ? each.getKey() : front;
      // one that holds a slot already, of a call that hangs, say, must not keep the rest waiting
      next = next == null && !held.containsKey(each.getKey()) ? each.getKey() : next;
      sharers.add(each.getKey());
    }
    if (!othersWait) {
      return limit;
    }
    for (Object holder : held.keySet()) {
      if (!waiting.containsKey(holder)) {
        sharers.add(holder);
      }
    }
    sharers.add(task);
    if (sharers.size() > limit) {
      return task.equals(next == null ? front : next) ? 1 : 0;
    }
    boolean makesWay = first == Demand.PATIENT && demand == first && isBehindAnother(task);
    return makesWay ? 0 : limit / sharers.size();
  }

  /**
   * Whether another task with only LOW work holds fewer slots, or waits for longer with as many.
   */
  private boolean isBehindAnother(Object task) {
    int own = held.getOrDefault(task, 0);
    boolean isPassed = false;
    for (Map.Entry<Object, Demand> each : waiting.entrySet()) {
      if (each.getKey().equals(task)) {
        isPassed = true;
      } else if (each.getValue() == Demand.PATIENT) {
        int others = held.getOrDefault(each.getKey(), 0);
        if (others < own || others == own && !isPassed) {
          return true;
        }
      }
    }
    return false;
  }
}
