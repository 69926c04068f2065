package io.backstop.action;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * How many dead letters a selection has, and a hash over their ids: of each id the first 16 bytes
 * of its SHA-256, taken as two numbers and summed up modulo 2^64. So parts of a set can be hashed
 * apart and in any order. An accident does not find two sets with one hash; someone who tries
 * would.
 *
 * @param count how many
 * @param high sum of the first halves
 * @param low sum of the second halves
 */
public record LetterSet(long count, long high, long low) {
  public static final LetterSet EMPTY = new LetterSet(0, 0, 0);

  private static final int HEX = 16;

  /** This set with one letter more. */
  public LetterSet with(String id) {
    ByteBuffer digest = ByteBuffer.wrap(sha256(id));
    return new LetterSet(count + 1, high + digest.getLong(), low + digest.getLong());
  }

  /** Both together; they must have no letter in common. */
  public LetterSet and(LetterSet other) {
    return new LetterSet(count + other.count, high + other.high, low + other.low);
  }

  /** 32 hexadecimal digits. */
  public String hash() {
    return "%016x%016x".formatted(high, low);
  }

  /**
   * Reads what {@link #hash()} wrote.
   *
   * @throws IllegalArgumentException when it did not
   */
  public static LetterSet of(long count, String hash) {
    if (!hash.matches("[0-9a-f]{32}")) {
      throw new IllegalArgumentException("'" + hash + "' is no hash of 32 hexadecimal digits");
    }
    return new LetterSet(
        count,
        Long.parseUnsignedLong(hash.substring(0, HEX), HEX),
        Long.parseUnsignedLong(hash.substring(HEX), HEX));
  }

  private static byte[] sha256(String id) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
