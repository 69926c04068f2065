package io.backstop.replay;

/**
 * How many replayed requests may be under way at a time in the whole fleet, so that live traffic
 * keeps its room. The operations that have letters left share what is free evenly; one that takes
 * less leaves the rest to those behind it.
 */
final class Window {
  private long free;
  private int claims;

  /**
   * @param outstanding replayed requests of all operations that have not ended
   * @param claims operations that want to release some
   */
  Window(long size, long outstanding, int claims) {
    this.free = Math.max(0, size - outstanding);
    this.claims = claims;
  }

  /** How many the next of the operations may release. */
  long share() {
    return claims <= 1 ? free : (free + claims - 1) / claims;
  }

  /** What the operation that asked for its share has released. */
  void took(long count) {
    free = Math.max(0, free - count);
    claims--;
  }
}
