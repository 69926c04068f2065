package io.backstop.action;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads and builds the headers of an {@link OriginalRecord}. */
public final class RecordHeaders {
  private static final String TRACEPARENT = "traceparent";

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
