package io.backstop.serde;

import io.backstop.action.OriginalRecord;
import io.backstop.action.RecordHeader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Between Kafka's headers and those kept in our records. */
public final class KafkaHeaders {
  private KafkaHeaders() {}

  /** In order; values are not copied. */
  public static List<RecordHeader> keep(Headers headers) {
    List<RecordHeader> kept = null;
    for (Header header : headers) {
      if (kept == null) {
        kept = new ArrayList<>();
      }
      byte[] value = header.value();
      kept.add(new RecordHeader(header.key(), value == null ? null : ByteBuffer.wrap(value)));
    }
    return kept == null ? List.of() : kept;
  }

  /** The headers that a record had, for one that comes of it. */
  public static Headers of(OriginalRecord original) {
    return of(original.getHeaders());
  }

  /** Headers as a record takes them. */
  public static Headers of(List<RecordHeader> kept) {
    Headers headers = new RecordHeaders();
    for (RecordHeader header : kept) {
      headers.add(header.getName(), io.backstop.action.RecordHeaders.bytes(header.getValue()));
    }
    return headers;
  }
}
