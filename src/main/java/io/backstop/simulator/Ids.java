package io.backstop.simulator;

import static io.backstop.simulator.Draws.Purpose.ID;
import static io.backstop.simulator.Draws.Purpose.ID_SECOND;

import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Ids of emulated things. Whatever looks right is taken to exist, except ids that contain the word
 * {@code missing} and, for formats that have no letters for it, ids that start with eight zeros.
 */
final class Ids {
  private static final Pattern UUID_FORM =
      Pattern.compile(
          "[0-9a-fA-F]{8}(-?)[0-9a-fA-F]{4}\\1[0-9a-fA-F]{4}\\1[0-9a-fA-F]{4}\\1[0-9a-fA-F]{12}");
  private static final Pattern HEX_24 = Pattern.compile("[0-9a-fA-F]{24}");

  private Ids() {}

  static boolean unknown(String id) {
    return id.contains("missing") || id.startsWith("00000000");
  }

  static boolean isUuid(String id) {
    return UUID_FORM.matcher(id).matches();
  }

  static boolean isHex24(String id) {
    return HEX_24.matcher(id).matches();
  }

  static String uuid(Draws draws) {
    long high = draws.bits(ID) & ~0xF000L | 0x4000L;
    long low = draws.bits(ID_SECOND) & ~(3L << 62) | (2L << 62);
    return new UUID(high, low).toString();
  }

  static String hex24(Draws draws) {
    return hex16(draws.bits(ID)) + hex16(draws.bits(ID_SECOND)).substring(8);
  }

  static String hex16(long bits) {
    String hex = Long.toHexString(bits);
    return "0".repeat(16 - hex.length()) + hex;
  }
}
