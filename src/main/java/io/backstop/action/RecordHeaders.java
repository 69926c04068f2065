package io.backstop.action;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads and builds the headers of an {@link OriginalRecord}. */
public final class RecordHeaders {
  private static final String TRACEPARENT = "traceparent";
  private static final int MAX_BYTES_PER_CHAR = 3;
  private static final int HEADER_FRAME = 10;

  private RecordHeaders() {}

  /** The W3C trace context of a record, where it carries one. */
  public static Optional<String> traceparent(OriginalRecord original) {
    return last(original.getHeaders(), TRACEPARENT);
  }

  /** The last value of a header as UTF-8 text; with Kafka the last one counts. */
  public static Optional<String> last(List<RecordHeader> headers, String name) {
    for (int i = headers.size() - 1; i >= 0; i--) {
      RecordHeader header = headers.get(i);
      if (header.getName().equals(name) && header.getValue() != null) {
        return Optional.of(StandardCharsets.UTF_8.decode(header.getValue().duplicate()).toString());
      }
    }
    return Optional.empty();
  }

  /** The headers without those whose name starts with {@code prefix}. */
  public static List<RecordHeader> without(List<RecordHeader> headers, String prefix) {
    List<RecordHeader> kept = new ArrayList<>(headers.size());
    for (RecordHeader header : headers) {
      if (!header.getName().startsWith(prefix)) {
        kept.add(header);
      }
    }
    return kept;
  }

  /** About how many bytes a record's key and headers take, in a record or in a store. */
  public static int sizeAroundValue(OriginalRecord original) {
    int size = original.getKey() == null ? 0 : original.getKey().remaining();
    for (RecordHeader header : original.getHeaders()) {
      size += size(header);
    }
    return size;
  }

  /** About how many bytes a header takes, its frame included. */
  public static int size(RecordHeader header) {
    int value = header.getValue() == null ? 0 : header.getValue().remaining();
    return header.getName().length() * MAX_BYTES_PER_CHAR + value + HEADER_FRAME;
  }

  /** A copy of the bytes of a buffer that is left as it is. */
  public static byte[] bytes(ByteBuffer buffer) {
    if (buffer == null) {
      return null;
    }
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
