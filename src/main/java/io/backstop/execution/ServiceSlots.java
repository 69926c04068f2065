package io.backstop.execution;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;

/**
 * The calls that one service may have in flight from this process, shared out among the tasks that
 * want them. While another task waits, no task takes more than its even share, and where there are
 * fewer slots than tasks they take turns, so that one which refills its own slots cannot starve the
 * rest. Thread-safe: tasks of several stream threads meet here.
 */
final class ServiceSlots {
  private final IntSupplier limits;
  private final Map<Object, Integer> held = new HashMap<>();

  /** In the order of their turns. */
  private final Set<Object> waiting = new LinkedHashSet<>();

  private int inUse;

  /**
   * @param limits gives how many calls may be in flight at once now, at least 1
   */
  ServiceSlots(IntSupplier limits) {
    this.limits = limits;
  }

  /** Takes a slot if there is one for this task. */
  synchronized boolean tryAcquire(Object task) {
    int own = held.getOrDefault(task, 0);
    int limit = limits.getAsInt();
    if (inUse >= limit || own >= share(task, limit)) {
      return false;
    }
    held.put(task, own + 1);
    inUse++;
    if (waiting.remove(task)) {
      waiting.add(task);
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

  /** Says whether a task has work waiting for a slot. */
  synchronized void setWaiting(Object task, boolean wants) {
    if (wants) {
      waiting.add(task);
    } else {
      waiting.remove(task);
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

  private int share(Object task, int limit) {
    boolean othersWait = waiting.size() > (waiting.contains(task) ? 1 : 0);
    if (!othersWait) {
      return limit;
    }
    Set<Object> sharers = new HashSet<>(waiting);
    sharers.addAll(held.keySet());
    sharers.add(task);
    if (sharers.size() > limit) {
      return waiting.iterator().next().equals(task) ? 1 : 0;
    }
    return limit / sharers.size();
  }
}
