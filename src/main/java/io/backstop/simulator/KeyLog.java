package io.backstop.simulator;

/**
 * Remembers keys by 64-bit hash, in bounded memory: at least the last {@code generationSize} keys,
 * at most twice as many. Two keys with one hash are taken for the same, which at a million keys has
 * a chance of one in ten million. Not thread-safe.
 */
final class KeyLog {
  static final int DEFAULT_GENERATION = 1 << 20;
  private static final int FIRST_SLOTS = 64;

  private final int generationSize;
  private long[] current = new long[FIRST_SLOTS];
  private long[] previous = new long[0];
  private int currentSize;

  KeyLog(int generationSize) {
    this.generationSize = generationSize;
  }

  /** True when the key is new. */
  boolean add(long keyHash) {
    long value = keyHash == 0 ? 1 : keyHash;
    if (contains(previous, value) || contains(current, value)) {
      return false;
    }
    if (currentSize == generationSize) {
      previous = current;
      current = new long[FIRST_SLOTS];
      currentSize = 0;
    }
    if (2 * (currentSize + 1) > current.length) {
      grow();
    }
    current[slot(current, value)] = value;
    currentSize++;
    return true;
  }

  private void grow() {
    long[] larger = new long[current.length * 2];
    for (long value : current) {
      if (value != 0) {
        larger[slot(larger, value)] = value;
      }
    }
    current = larger;
  }

  private static boolean contains(long[] slots, long value) {
    return slots.length > 0 && slots[slot(slots, value)] == value;
  }

  private static int slot(long[] slots, long value) {
    int mask = slots.length - 1;
    int at = (int) (value >>> 20) & mask;
    while (slots[at] != 0 && slots[at] != value) {
      at = (at + 1) & mask;
    }
    return at;
  }
}
