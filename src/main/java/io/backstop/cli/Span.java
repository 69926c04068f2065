package io.backstop.cli;

import java.time.Duration;

/** Lengths of time, short enough for a table. */
final class Span {
  private Span() {}

  /** {@code 7s}, {@code 2m 13s}, {@code 3h 5m}, {@code 4d 2h}; nothing is shorter than 0s. */
  static String of(Duration length) {
    long seconds = Math.max(0, length.toSeconds());
    if (seconds < 60) {
      return seconds + "s";
    } else if (seconds < 3_600) {
      return seconds / 60 + "m " + seconds % 60 + "s";
    } else if (seconds < 86_400) {
      return seconds / 3_600 + "h " + seconds / 60 % 60 + "m";
    }
    return seconds / 86_400 + "d " + seconds / 3_600 % 24 + "h";
  }

  /** {@code in 12 s}, {@code in 2m 13s}; {@code now} for what is due. */
  static String until(Duration length) {
    if (length.isNegative() || length.isZero()) {
      return "now";
    }
    long seconds = length.plusMillis(999).toSeconds();
    return seconds < 60 ? "in " + seconds + " s" : "in " + of(Duration.ofSeconds(seconds));
  }
}
