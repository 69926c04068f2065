package io.backstop.circuit;

/**
 * Counts the calls that were started after the fleet's circuit had opened, because the news of it
 * takes a moment. Those that ended before the news are remembered by their start, the last {@value
 * #REMEMBERED} of them. The coordinator's clock is compared with this instance's, so clocks that
 * differ blur the number. Not thread-safe.
 */
final class LeakedCalls {
  private static final int REMEMBERED = 1_024;

  private final long[] startedAt = new long[REMEMBERED];
  private long ended;
  private long openedAt = Long.MAX_VALUE;

  /**
   * A call without a permit has ended.
   *
   * @return whether it is known to have leaked
   */
  boolean ended(long callStartedAt) {
    startedAt[(int) (ended++ % REMEMBERED)] = callStartedAt;
    return callStartedAt > openedAt;
  }

  /**
   * News: the circuit lets no calls through since a moment.
   *
   * @return how many of the calls that have ended leaked
   */
  int stopped(long since) {
    if (openedAt != Long.MAX_VALUE) {
      return 0;
    }
    openedAt = since;
    int leaked = 0;
    for (int index = 0; index < Math.min(ended, REMEMBERED); index++) {
      leaked += startedAt[index] > since ? 1 : 0;
    }
    return leaked;
  }

  /** News: the circuit lets calls through. */
  void letsThrough() {
    openedAt = Long.MAX_VALUE;
  }
}
