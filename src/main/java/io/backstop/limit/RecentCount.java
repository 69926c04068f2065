package io.backstop.limit;

/**
 * At what rate something happened lately: in the last second, or since it began where that is
 * shorter, so that a burst out of silence is not taken for a trickle. Pure; one thread at a time;
 * times are epoch milliseconds.
 */
final class RecentCount {
  private static final int SLICES = 10;
  private static final long SLICE_MS = 100;

  private final long[] counts = new long[SLICES];
  private long newest = -SLICES;

  void add(long now) {
    long slice = now / SLICE_MS;
    if (slice != newest) {
      slice = moveTo(slice);
    }
    counts[(int) (slice % SLICES)]++;
  }

  /** How often a second; 0 for not at all. */
  double perSecond(long now) {
    long current = moveTo(now / SLICE_MS);
    long count = 0;
    long first = current;
    for (long slice = current; slice > current - SLICES && slice >= 0; slice--) {
      long here = counts[(int) (slice % SLICES)];
      count += here;
      first = here > 0 ? slice : first;
    }
    return count * 1_000.0 / Math.max(SLICE_MS, now - first * SLICE_MS);
  }

  /** The slice to count in: the newest one, where another thread's clock is a little ahead. */
  private long moveTo(long slice) {
    if (slice < newest && newest - slice < SLICES) {
      return newest;
    }
    long passed = slice < newest ? SLICES : Math.min(SLICES, slice - newest);
    for (long each = slice - passed + 1; each <= slice; each++) {
      counts[(int) (each % SLICES)] = 0;
    }
    newest = slice;
    return slice;
  }
}
