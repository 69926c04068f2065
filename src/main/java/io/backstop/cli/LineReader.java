package io.backstop.cli;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Lines of a UTF-8 stream, one at a time, so that a file of any size needs little memory. A line
 * that is too long or not UTF-8 is one bad line, not the end.
 */
final class LineReader implements Closeable {
  /** Room for the largest request that Kafka takes, with its file content in base64. */
  static final int DEFAULT_LONGEST = 16 * 1024 * 1024;

  private static final int END = -1;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** One line; blank ones are left out but counted. */
  sealed interface Line {
    /** From 1. */
    long number();

    record Text(long number, String text) implements Line {}

    record Unreadable(long number, String problem) implements Line {}
  }

  private final InputStream in;
  private final int maxBytes;
  private final byte[] buffer = new byte[64 * 1024];
  private int position;
  private int filled;
  private long number;

  /**
   * @param maxBytes longest line that is read
   */
  LineReader(InputStream in, int maxBytes) {
    this.in = in;
    this.maxBytes = maxBytes;
  }

  /** The next line that is not blank; empty at the end of the stream. */
  Optional<Line> next() throws IOException {
    var bytes = new ByteArrayOutputStream();
    while (readLine(bytes)) {
      number++;
      Line line = line(bytes);
      if (!(line instanceof Line.Text text && text.text().isBlank())) {
        return Optional.of(line);
      }
    }
    return Optional.empty();
  }

  /** Fills {@code bytes} up to one more than the limit; false when nothing was left. */
  private boolean readLine(ByteArrayOutputStream bytes) throws IOException {
    bytes.reset();
    int next = read();
    if (next == END) {
      return false;
    }
    for (; next != END && next != '\n'; next = read()) {
      if (bytes.size() <= maxBytes) {
        bytes.write(next);
      }
    }
    return true;
  }

  private int read() throws IOException {
    if (position == filled) {
      filled = in.read(buffer);
      position = 0;
      if (filled <= 0) {
        filled = 0;
        return END;
      }
    }
    return buffer[position++] & 0xFF;
  }

  private Line line(ByteArrayOutputStream bytes) {
    if (bytes.size() > maxBytes) {
      return new Line.Unreadable(number, "longer than " + maxBytes + " bytes: split the request");
    }
    try {
      var utf8 = ByteBuffer.wrap(bytes.toByteArray());
      String text = StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
      boolean marked = number == 1 && text.startsWith(BYTE_ORDER_MARK);
      return new Line.Text(number, marked ? text.substring(1) : text);
    } catch (CharacterCodingException e) {
      return new Line.Unreadable(number, "not UTF-8: save the file in UTF-8");
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
