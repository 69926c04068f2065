package io.backstop.executor.file;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Half of a SHA-256: too long for two keys to meet, short enough for a name or an index. */
record KeyDigest(long high, long low) {

  static KeyDigest of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  static KeyDigest of(byte[] bytes) {
    return from(sha256().digest(bytes));
  }

  /** Of a text and the bytes that belong to it; the buffer's position stays. */
  static KeyDigest of(String text, ByteBuffer bytes) {
    MessageDigest digest = sha256();
    digest.update(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    digest.update(bytes.duplicate());
    return from(digest.digest());
  }

  /** 32 digits. */
  String hex() {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(high) + hex.toHexDigits(low);
  }

  private static KeyDigest from(byte[] digest) {
    ByteBuffer longs = ByteBuffer.wrap(digest);
    return new KeyDigest(longs.getLong(), longs.getLong());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }
}
