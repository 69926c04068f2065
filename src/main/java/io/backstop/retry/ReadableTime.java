package io.backstop.retry;

import java.math.BigDecimal;

/** A span of time as a reason states it: {@code 350 ms}, {@code 1.5 s}, {@code 300 s}. */
final class ReadableTime {
  private ReadableTime() {}

  static String of(long ms) {
    if (Math.abs(ms) < 1_000) {
      return ms + " ms";
    }
    return BigDecimal.valueOf(ms, 3).stripTrailingZeros().toPlainString() + " s";
  }
}
