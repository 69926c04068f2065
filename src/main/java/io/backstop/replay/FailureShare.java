package io.backstop.replay;

import java.util.Locale;

/**
 * How many of the replayed requests that were executed have failed again. Duplicates do not count:
 * they caused no call, so they say nothing about whether the cause is mended.
 */
record FailureShare(long succeeded, long failedAgain) {
  /** With fewer, one failure more or less would be a matter of luck. */
  private static final int TELLING = 20;

  /** Whether there are enough of them for a judgement in the midst of things. */
  boolean isTelling() {
    return ended() >= TELLING;
  }

  /**
   * @param limit 0 to 1
   */
  boolean isAbove(double limit) {
    return failedAgain > limit * ended();
  }

  String inWords(double limit) {
    return String.format(
        Locale.ROOT,
        "%,d of %,d replayed requests failed again, which is more than abort-above %s allows",
        failedAgain,
        ended(),
        limit);
  }

  private long ended() {
    return succeeded + failedAgain;
  }
}
