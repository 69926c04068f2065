package io.backstop.bench;

import java.util.Arrays;

/** The times between things that ought to come steadily. */
final class Pauses {
  private Pauses() {}

  /**
   * @param nanos when each came, in any order
   * @return 0 for fewer than two
   */
  static double longestSeconds(long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    long longest = 0;
    for (int each = 1; each < sorted.length; each++) {
      longest = Math.max(longest, sorted[each] - sorted[each - 1]);
    }
    return longest / 1e9;
  }
}
