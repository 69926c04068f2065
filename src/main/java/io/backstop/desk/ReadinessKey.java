package io.backstop.desk;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;

/**
 * Key of what an operation has in readiness: the length of the operation's id in two bytes, the id,
 * eight bytes for the time, then the letter's id. So the oldest of an operation stands first.
 */
final class ReadinessKey {
  private ReadinessKey() {}

  /**
   * @param createdAt epoch milliseconds, not negative
   */
  static Bytes of(String operationId, long createdAt, String letterId) {
    byte[] operation = utf8(operationId);
    byte[] letter = utf8(letterId);
    return Bytes.wrap(
        ByteBuffer.allocate(Short.BYTES + operation.length + Long.BYTES + letter.length)
            .putShort((short) operation.length)
            .put(operation)
            .putLong(createdAt)
            .put(letter)
            .array());
  }

  /** Not after any key of the operation. */
  static Bytes first(String operationId) {
    return of(operationId, 0, "");
  }

  /** After all keys of the operation. */
  static Bytes end(String operationId) {
    return of(operationId, -1, "");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
