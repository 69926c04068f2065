package io.backstop.desk;

import io.backstop.action.LetterStatus;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;

/**
 * Key of a letter in the store by time: one byte for the status, eight for the time counted
 * backwards, then the id. So the letters of one status stand together, newest first, and a list of
 * all is a merge of one range per status.
 */
final class TimeKey {
  /** Not after any key. */
  static final Bytes FIRST = Bytes.wrap(new byte[] {0});

  /** After all keys. */
  static final Bytes END = Bytes.wrap(new byte[] {(byte) 0xff});

  private static final int HEAD = 1 + Long.BYTES;

  private TimeKey() {}

  static Bytes of(LetterStatus status, LetterPosition position) {
    byte[] id = position.id().getBytes(StandardCharsets.UTF_8);
    return Bytes.wrap(
        ByteBuffer.allocate(HEAD + id.length)
            .put(code(status))
            .putLong(backwards(position.createdAt()))
            .put(id)
            .array());
  }

  /** Not after the key of any letter of this status that was created at this time or before it. */
  static Bytes notNewerThan(LetterStatus status, long createdAt) {
    return Bytes.wrap(
        ByteBuffer.allocate(HEAD).put(code(status)).putLong(backwards(createdAt)).array());
  }

  /** After the keys of all letters of this status that were created at this time or after it. */
  static Bytes olderThan(LetterStatus status, long createdAt) {
    return Bytes.wrap(
        ByteBuffer.allocate(HEAD).put(code(status)).putLong(backwards(createdAt) + 1).array());
  }

  static LetterPosition position(Bytes key) {
    ByteBuffer bytes = ByteBuffer.wrap(key.get());
    bytes.get();
    long createdAt = Long.MAX_VALUE - bytes.getLong();
    return new LetterPosition(createdAt, StandardCharsets.UTF_8.decode(bytes).toString());
  }

  private static long backwards(long createdAt) {
    return Long.MAX_VALUE - createdAt;
  }

  /** Fixed by what is stored: a new status gets a new number. */
  private static byte code(LetterStatus status) {
    return switch (status) {
      case UNKNOWN -> 0;
      case OPEN -> 1;
      case REPLAYED -> 2;
      case RESOLVED -> 3;
      case DISMISSED -> 4;
    };
  }
}
