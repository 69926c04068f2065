package io.backstop.simulator;

/** 64-bit hashes that do not depend on the process, unlike {@link Object#hashCode()}. */
final class KeyHash {
  private static final long FNV_OFFSET = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;

  private KeyHash() {}

  static long of(CharSequence text) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * FNV_PRIME;
    }
    return mix(hash);
  }

  static long of(CharSequence text, byte[] more) {
    long hash = of(text);
    for (byte b : more) {
      hash = (hash ^ (b & 0xFF)) * FNV_PRIME;
    }
    return mix(hash);
  }

  /** The finalizer of SplitMix64: every input bit changes half of the output bits. */
  static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
