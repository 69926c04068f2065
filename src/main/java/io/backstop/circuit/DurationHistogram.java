package io.backstop.circuit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Calls by how long they took. Slot 0 is under 1 ms, slot n from 1.1^(n-1) to 1.1^n ms, so what is
 * read from it is exact to a tenth, whatever the range. Not thread-safe.
 */
final class DurationHistogram {
  private static final double LOG_BASE = Math.log(1.1);

  /** 1.1^239 ms are more than 80 days. */
  private static final int SLOTS = 240;

  private long[] counts = new long[64];

  void add(long durationMs) {
    add(slot(durationMs), 1);
  }

  /** Adds what another has counted, in the form of {@link #slots}. */
  void add(List<Long> slots) {
    for (int slot = 0; slot < Math.min(SLOTS, slots.size()); slot++) {
      if (slots.get(slot) > 0) {
        add(slot, slots.get(slot));
      }
    }
  }

  private void add(int slot, long calls) {
    if (slot >= counts.length) {
      counts = Arrays.copyOf(counts, Math.min(SLOTS, Math.max(slot + 1, 2 * counts.length)));
    }
    counts[slot] += calls;
  }

  /** Counts from slot 0 on, trailing zeros left out. */
  List<Long> slots() {
    int size = counts.length;
    while (size > 0 && counts[size - 1] == 0) {
      size--;
    }
    List<Long> slots = new ArrayList<>(size);
    for (int slot = 0; slot < size; slot++) {
      slots.add(counts[slot]);
    }
    return slots;
  }

  /**
   * The time that a share of the calls stayed within, in milliseconds; 0 without calls.
   *
   * @param share above 0 and up to 1
   */
  double quantileMs(double share) {
    long rank = (long) Math.ceil(share * Arrays.stream(counts).sum());
    long seen = 0;
    for (int slot = 0; slot < counts.length; slot++) {
      seen += counts[slot];
      if (seen >= rank && rank > 0) {
        return slot == 0 ? 0.5 : Math.pow(1.1, slot - 0.5);
      }
    }
    return 0;
  }

  static int slot(long durationMs) {
    return durationMs < 1
        ? 0
        : Math.min(SLOTS - 1, 1 + (int) Math.floor(Math.log(durationMs) / LOG_BASE));
  }
}
