package io.backstop.fallback;

import io.backstop.action.InstanceFailure;
import io.backstop.action.RecentFailures;
import io.backstop.action.ServiceFailure;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * What failed at one service, as one instance knows it: its own failures as it sees them, and those
 * of the others as the fleet tells. Pure; not thread-safe.
 */
final class OwnFailures {
  /** As many are remembered, of an instance and of the fleet. */
  static final int MOST = 50;

  private final String instance;
  private final Deque<ServiceFailure> own = new ArrayDeque<>();
  private List<InstanceFailure> others = List.of();
  private long clearedAt = Long.MIN_VALUE;

  /**
   * @param instance its own name in what the fleet tells
   */
  OwnFailures(String instance) {
    this.instance = instance;
  }

  void failed(ServiceFailure failure) {
    own.addLast(failure);
    if (own.size() > MOST) {
      own.removeFirst();
    }
  }

  /** Takes what the whole fleet knows; null for nothing. */
  void told(RecentFailures fleet) {
    if (fleet == null) {
      others = List.of();
      return;
    }
    others =
        fleet.getFailures().stream().filter(each -> !each.getInstance().equals(instance)).toList();
    if (fleet.getClearedAt() != null) {
      clearedAt = Math.max(clearedAt, fleet.getClearedAt().toEpochMilli());
      own.removeIf(each -> at(each) <= clearedAt);
    }
  }

  /** Forgets own failures of that time or older. */
  void expire(long time) {
    own.removeIf(each -> at(each) <= time);
  }

  /** Its own, oldest first. */
  List<ServiceFailure> own() {
    return List.copyOf(own);
  }

  /**
   * When the n-th newest failure was, of all that are not cleared.
   *
   * @param n from 1
   * @return {@link Long#MIN_VALUE} when there are fewer
   */
  long newest(int n) {
    Iterator<ServiceFailure> mine = own.descendingIterator();
    int index = others.size() - 1;
    long next = nextOwn(mine);
    long found = Long.MIN_VALUE;
    for (int count = 0; count < n; count++) {
      long other = index >= 0 ? at(others.get(index).getFailure()) : Long.MIN_VALUE;
      found = Math.max(next, other);
      if (found <= clearedAt) {
        return Long.MIN_VALUE;
      } else if (next >= other) {
        next = nextOwn(mine);
      } else {
        index--;
      }
    }
    return found;
  }

  private static long nextOwn(Iterator<ServiceFailure> mine) {
    return mine.hasNext() ? at(mine.next()) : Long.MIN_VALUE;
  }

  private static long at(ServiceFailure failure) {
    return failure.getAt().toEpochMilli();
  }
}
