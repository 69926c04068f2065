package io.backstop.deadletter;

import io.backstop.action.Failure;
import io.backstop.action.FailureClass;
import io.backstop.action.OriginalRecord;
import io.backstop.action.Traceable;
import io.backstop.serde.KafkaHeaders;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;

/**
 * Makes a dead letter of an outcome that could not be written: too large for its topic, or not to
 * be serialized. What can pass is tried again; anything else stops the thread and rolls back.
 */
public final class UnsendableRecordHandler implements ProductionExceptionHandler {
  private LetterRecords letters;

  @Override
  public void configure(Map<String, ?> configs) {
    letters = LetterRecords.from(configs);
  }

  @Override
  public Response handleError(
      ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception exception) {
    if (exception instanceof RetriableException) {
      return Response.retry();
    }
    boolean ofOurs = record.topic().equals(letters.topic());
    if (!(exception instanceof RecordTooLargeException) || ofOurs) {
      return Response.fail();
    }
    OriginalRecord unsent = unsent(record, record.key(), record.value());
    return Response.resume(
        List.of(letters.of(failure(source(context, unsent), record.topic(), exception))));
  }

  @Override
  @SuppressWarnings("rawtypes")
  public Response handleSerializationError(
      ErrorHandlerContext context,
      ProducerRecord record,
      Exception exception,
      SerializationExceptionOrigin origin) {
    if (record.topic().equals(letters.topic())) {
      return Response.fail();
    }
    if (record.value() instanceof Traceable traceable) {
      return Response.resume(
          List.of(letters.of(failure(traceable.original(), record.topic(), exception))));
    }
    byte[] key = record.key() instanceof byte[] bytes ? bytes : null;
    OriginalRecord unsent = unsent(record, key, null);
    return Response.resume(
        List.of(letters.of(failure(source(context, unsent), record.topic(), exception))));
  }

  private static Failure failure(OriginalRecord original, String topic, Exception exception) {
    String reason =
        "the outcome could not be written to %s (%s): the action itself may have been done; look at the service, then resolve or replay"
            .formatted(topic, exception.getMessage());
    return Failure.ofRecord(original, FailureClass.INTERNAL, reason);
  }

  /** What is being read while an outcome is written need not be what it answers: a last resort. */
  private static OriginalRecord source(ErrorHandlerContext context, OriginalRecord unsent) {
    return SourceRecords.of(context).orElse(unsent);
  }

  private static OriginalRecord unsent(ProducerRecord<?, ?> record, byte[] key, byte[] value) {
    return new OriginalRecord(
        record.topic(),
        -1,
        -1L,
        record.timestamp() == null ? -1L : record.timestamp(),
        key == null ? null : ByteBuffer.wrap(key),
        value == null ? null : ByteBuffer.wrap(value),
        KafkaHeaders.keep(record.headers()));
  }
}
