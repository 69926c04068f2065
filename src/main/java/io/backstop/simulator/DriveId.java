package io.backstop.simulator;

import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * File ids that carry a check value, so that an id which no {@code generateIds} ever gave out is
 * recognised without remembering those that it did.
 */
final class DriveId {
  private static final long CHECK = 0x6261636B73746F70L;
  private static final int BYTES = 24;

  private DriveId() {}

  static String generate(long bits) {
    long second = KeyHash.mix(bits);
    byte[] bytes =
        ByteBuffer.allocate(BYTES)
            .putLong(bits)
            .putLong(second)
            .putLong(check(bits, second))
            .array();
    return '1' + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static boolean isGenerated(String id) {
    if (id.length() != 33 || id.charAt(0) != '1') {
      return false;
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(id.substring(1)));
      return check(bytes.getLong(), bytes.getLong()) == bytes.getLong();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static long check(long first, long second) {
    return KeyHash.mix(KeyHash.mix(first ^ CHECK) + second);
  }
}
