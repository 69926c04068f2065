package io.backstop.deadletter;

import io.backstop.action.Failure;
import io.backstop.action.FailureClass;
import io.backstop.action.OriginalRecord;
import io.backstop.serde.KafkaHeaders;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;

/** Makes a dead letter of a record that Streams could not deserialize. */
public final class UndecodableRecordHandler implements DeserializationExceptionHandler {
  private LetterRecords letters;

  @Override
  public void configure(Map<String, ?> configs) {
    letters = LetterRecords.from(configs);
  }

  @Override
  public Response handleError(
      ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
    OriginalRecord original =
        new OriginalRecord(
            record.topic(),
            record.partition(),
            record.offset(),
            record.timestamp(),
            record.key() == null ? null : ByteBuffer.wrap(record.key()),
            record.value() == null ? null : ByteBuffer.wrap(record.value()),
            KafkaHeaders.keep(record.headers()));
    String reason =
        "record could not be read (%s): publish it again as an ActionRequest".formatted(exception);
    return Response.resume(
        List.of(letters.of(Failure.ofRecord(original, FailureClass.UNDECODABLE, reason))));
  }
}
