package io.backstop.desk;

import io.backstop.action.LetterSummary;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Where a letter stands in the order of all lists: newest first, and by the bytes of their ids
 * where they are of one millisecond. The order is the same in all tasks, so one position says for
 * all of them where a list goes on.
 *
 * @param createdAt epoch milliseconds, not negative
 */
public record LetterPosition(long createdAt, String id) implements Comparable<LetterPosition> {

  public LetterPosition {
    if (createdAt < 0) {
      throw new IllegalArgumentException("time " + createdAt + " is negative");
    }
  }

  static LetterPosition of(LetterSummary letter) {
    return new LetterPosition(letter.getCreatedAt().toEpochMilli(), letter.getId());
  }

  /**
   * Reads what {@link #cursor()} wrote.
   *
   * @throws IllegalArgumentException with a message for a person, when it did not
   */
  public static LetterPosition ofCursor(String cursor) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
      if (bytes.remaining() > Long.BYTES) {
        return new LetterPosition(bytes.getLong(), StandardCharsets.UTF_8.decode(bytes).toString());
      }
    } catch (IllegalArgumentException e) {
      throw invalid(e);
    }
    throw invalid(null);
  }

  private static IllegalArgumentException invalid(Exception cause) {
    return new IllegalArgumentException(
        "this is no cursor: give the one of the page before, or none for the first page", cause);
  }

  /** The position as letters, digits, - and _, for a reader that is to hand it back as it is. */
  public String cursor() {
    byte[] name = utf8(id);
    byte[] bytes =
        ByteBuffer.allocate(Long.BYTES + name.length).putLong(createdAt).put(name).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public int compareTo(LetterPosition other) {
    int byTime = Long.compare(other.createdAt, createdAt);
    return byTime != 0 ? byTime : Arrays.compareUnsigned(utf8(id), utf8(other.id));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
