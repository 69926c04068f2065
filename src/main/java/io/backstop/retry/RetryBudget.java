package io.backstop.retry;

import java.util.Arrays;

/**
 * Keeps retries to a share of the first attempts of a sliding window, so that a failing service is
 * not called several times as often as a healthy one. Counts stand in slices, so memory does not
 * grow with the rate; in a slice that the window covers in part, retries count and first attempts
 * do not: the budget is rather a little smaller than ever exceeded. Pure; one thread at a time.
 */
final class RetryBudget {
  private static final int SLICES = 20;

  private final long sliceMs;
  private final int wholeSlices;
  private final long[] firsts;
  private final long[] retries;
  private long newest;

  /**
   * @param windowMs length of the window, 1 or more
   */
  RetryBudget(long windowMs) {
    this.sliceMs = Math.max(1, windowMs / SLICES);
    this.wholeSlices = (int) (windowMs / sliceMs);
    int touched = wholeSlices + (windowMs % sliceMs == 0 ? 1 : 2);
    this.firsts = new long[touched];
    this.retries = new long[touched];
  }

  void firstAttempt(long now) {
    moveTo(now);
    firsts[slot(newest)]++;
  }

  /**
   * Takes one retry, if there is one left.
   *
   * @param share of the first attempts of the window, 0 or more
   * @param floor retries that are always allowed in a window
   */
  boolean tryRetry(double share, int floor, long now) {
    moveTo(now);
    if (Arrays.stream(retries).sum() + 1 > Math.max(floor, share * firstAttempts())) {
      return false;
    }
    retries[slot(newest)]++;
    return true;
  }

  /** Retries that may still be taken now, with arguments as {@link #tryRetry} has them. */
  long left(double share, int floor, long now) {
    moveTo(now);
    long all = (long) Math.max(floor, share * firstAttempts());
    return Math.max(0, all - Arrays.stream(retries).sum());
  }

  /** First attempts of the window, as they were when another method was last called. */
  long firstAttempts() {
    long sum = 0;
    for (long slice = newest - wholeSlices + 1; slice <= newest; slice++) {
      sum += firsts[slot(slice)];
    }
    return sum;
  }

  /** A clock that was set back counts on in the newest slice. */
  private void moveTo(long now) {
    long slice = Math.floorDiv(now, sliceMs);
    if (slice - newest > firsts.length) {
      newest = slice - firsts.length;
    }
    while (newest < slice) {
      newest++;
      firsts[slot(newest)] = 0;
      retries[slot(newest)] = 0;
    }
  }

  private int slot(long slice) {
    return Math.floorMod(slice, firsts.length);
  }
}
