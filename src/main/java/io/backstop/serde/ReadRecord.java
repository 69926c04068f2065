package io.backstop.serde;

import io.backstop.action.OriginalRecord;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** A raw record as a processor has just read it, to be kept. */
public final class ReadRecord {
  private ReadRecord() {}

  /**
   * @param metadata where it stands; coordinates are -1 where that is not known
   */
  public static OriginalRecord of(
      Record<byte[], byte[]> record, Optional<RecordMetadata> metadata) {
    return new OriginalRecord(
        metadata.map(RecordMetadata::topic).orElse(""),
        metadata.map(RecordMetadata::partition).orElse(-1),
        metadata.map(RecordMetadata::offset).orElse(-1L),
        record.timestamp(),
        wrapped(record.key()),
        wrapped(record.value()),
        KafkaHeaders.keep(record.headers()));
  }

  private static ByteBuffer wrapped(byte[] bytes) {
    return bytes == null ? null : ByteBuffer.wrap(bytes);
  }
}
