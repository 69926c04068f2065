package io.backstop.circuit;

/** A length of time as people write it. */
final class SpokenTime {
  private SpokenTime() {}

  static String of(long ms) {
    return ms % 1_000 == 0 && ms > 0 ? ms / 1_000 + " s" : ms + " ms";
  }
}
