package io.backstop.deadletter;

import io.backstop.action.OriginalRecord;
import io.backstop.serde.KafkaHeaders;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.streams.errors.ErrorHandlerContext;

/** The source record behind an error, as Streams still knows it. */
final class SourceRecords {
  private SourceRecords() {}

  /** Empty where the error has no source record, as in a punctuation. */
  static Optional<OriginalRecord> of(ErrorHandlerContext context) {
    if (context.topic() == null) {
      return Optional.empty();
    }
    byte[] key = context.sourceRawKey();
    byte[] value = context.sourceRawValue();
    return Optional.of(
        new OriginalRecord(
            context.topic(),
            context.partition(),
            context.offset(),
            context.timestamp(),
            key == null ? null : ByteBuffer.wrap(key),
            value == null ? null : ByteBuffer.wrap(value),
            KafkaHeaders.keep(context.headers())));
  }
}
