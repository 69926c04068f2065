package io.backstop.retry;

import io.backstop.config.Jitter;
import io.backstop.config.RetrySettings;

/**
 * How long to wait before another attempt. Pure: chance is an argument. Jitter as in "Exponential
 * Backoff And Jitter" (AWS Architecture Blog, 2015).
 */
final class RetryDelay {
  private RetryDelay() {}

  /**
   * The wait with its jitter.
   *
   * @param attempts made so far, from 1
   * @param chance from 0 to below 1, evenly distributed
   * @return milliseconds, from 0 to {@link #base}
   */
  static long of(RetrySettings settings, int attempts, double chance) {
    long base = base(settings, attempts);
    long certain = certain(settings.jitter(), base);
    long left = base - certain;
    return certain + Math.min(left, (long) (chance * (left + 1)));
  }

  /**
   * The longest wait that jitter may leave.
   *
   * @param attempts made so far, from 1
   * @return milliseconds, at most {@link RetrySettings#maxDelay}
   */
  static long base(RetrySettings settings, int attempts) {
    long max = settings.maxDelay().toMillis();
    // a double cannot overflow: what is too large ends as infinity, and the maximum is less
    return (long) Math.min(max, settings.initialDelay().toMillis() * growth(settings, attempts));
  }

  private static long certain(Jitter jitter, long base) {
    return switch (jitter) {
      case FULL -> 0;
      case EQUAL -> base / 2;
      case NONE -> base;
    };
  }

  private static double growth(RetrySettings settings, int attempts) {
    return switch (settings.strategy()) {
      case EXPONENTIAL -> Math.pow(settings.factor(), attempts - 1);
      case LINEAR -> attempts;
      case FIXED -> 1;
      case FIBONACCI -> fibonacci(attempts);
      case IMMEDIATE -> 0;
    };
  }

  private static double fibonacci(int number) {
    double before = 0;
    double current = 1;
    for (int step = 1; step < number && current < Long.MAX_VALUE; step++) {
      double next = before + current;
      before = current;
      current = next;
    }
    return current;
  }
}
