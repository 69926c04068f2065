package io.backstop.intake;

import io.backstop.action.OriginalRecord;
import io.backstop.action.RecordHeader;
import io.backstop.action.RecordHeaders;
import io.backstop.serde.KafkaHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Where a record came from. With partitioning by idempotency key a record takes one more hop; its
 * first coordinates and key travel in headers that only that hop's topic is trusted to carry.
 */
final class Origin {
  private static final String PREFIX = "backstop-origin-";
  private static final String COORDINATES = PREFIX + "coordinates";
  private static final String KEY = PREFIX + "key";

  private Origin() {}

  /** The record as it was read from {@code metadata}. */
  static OriginalRecord of(Record<byte[], RawValue> record, RecordMetadata metadata) {
    byte[] value = record.value().bytes();
    return new OriginalRecord(
        metadata.topic(),
        metadata.partition(),
        metadata.offset(),
        record.value().timestamp(),
        record.key() == null ? null : ByteBuffer.wrap(record.key()),
        value == null ? null : ByteBuffer.wrap(value),
        KafkaHeaders.keep(record.headers()));
  }

  /** The record as it was before the hop that {@link #stamp} prepared it for. */
  static OriginalRecord beforeHop(OriginalRecord hopped) {
    String[] at = RecordHeaders.last(hopped.getHeaders(), COORDINATES).orElse("").split("/");
    if (at.length != 4) {
      return hopped;
    }
    ByteBuffer key = null;
    for (RecordHeader header : hopped.getHeaders()) {
      if (header.getName().equals(KEY)) {
        key = header.getValue();
      }
    }
    return new OriginalRecord(
        at[0],
        Integer.parseInt(at[1]),
        Long.parseLong(at[2]),
        Long.parseLong(at[3]),
        key,
        hopped.getValue(),
        RecordHeaders.without(hopped.getHeaders(), PREFIX));
  }

  /** Adds to {@code headers} what {@link #beforeHop} reads. */
  static void stamp(Headers headers, OriginalRecord original) {
    headers.remove(COORDINATES);
    headers.remove(KEY);
    String at =
        String.join(
            "/",
            original.getTopic(),
            Integer.toString(original.getPartition()),
            Long.toString(original.getOffset()),
            Long.toString(original.getTimestamp()));
    headers.add(COORDINATES, at.getBytes(StandardCharsets.UTF_8));
    headers.add(KEY, RecordHeaders.bytes(original.getKey()));
  }
}
