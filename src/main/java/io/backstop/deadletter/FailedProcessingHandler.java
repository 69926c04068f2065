package io.backstop.deadletter;

import io.backstop.action.ActionRequest;
import io.backstop.action.Failure;
import io.backstop.action.FailureClass;
import io.backstop.action.OriginalRecord;
import io.backstop.action.RecordHeaders;
import io.backstop.action.Reply;
import io.backstop.action.RequestLog;
import io.backstop.action.TerminalOutcome;
import io.backstop.action.Traceable;
import io.backstop.action.Work;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a dead letter of a record on which a processor failed by a defect of its own. Failures of
 * Kafka, of a store or of the disk are no fault of the record: they stop the thread, its
 * transaction is rolled back, and the record is read again.
 */
public final class FailedProcessingHandler implements ProcessingExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(FailedProcessingHandler.class);

  private LetterRecords letters;

  @Override
  public void configure(Map<String, ?> configs) {
    letters = LetterRecords.from(configs);
  }

  @Override
  public Response handleError(
      ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
    Optional<OriginalRecord> original = original(context, record);
    if (exception instanceof KafkaException || original.isEmpty()) {
      return Response.fail();
    }
    if (original.get().getTopic().equals(letters.topic())) {
      // a letter about it would be read by the same node, and so on for ever
      LOG.error(
          "dead letter not read node={} topic={} partition={} offset={}",
          context.processorNodeId(),
          original.get().getTopic(),
          original.get().getPartition(),
          original.get().getOffset(),
          exception);
      return Response.resume(List.of());
    }
    log(context, original.get(), record, exception);
    String reason =
        "node %s failed on this record (%s): this is a defect of the processor; report it, and replay once it is mended"
            .formatted(context.processorNodeId(), exception);
    return Response.resume(List.of(letters.of(failure(original.get(), record, reason))));
  }

  private static void log(
      ErrorHandlerContext context,
      OriginalRecord original,
      Record<?, ?> record,
      Exception exception) {
    RequestLog.about(
        requestId(record),
        RecordHeaders.traceparent(original),
        () ->
            LOG.error(
                "processing failed node={} topic={} partition={} offset={}",
                context.processorNodeId(),
                original.getTopic(),
                original.getPartition(),
                original.getOffset(),
                exception));
  }

  private static String requestId(Record<?, ?> record) {
    Object value = record == null ? null : record.value();
    if (value instanceof Reply reply) {
      return reply.result().getRequestId();
    } else if (value instanceof Failure failure) {
      return failure.request().map(ActionRequest::getRequestId).orElse("");
    }
    return work(record).map(work -> work.request().getRequestId()).orElse("");
  }

  /** What the record is about, where it got that far. */
  private static Optional<Work> work(Record<?, ?> record) {
    Object value = record == null ? null : record.value();
    if (value instanceof TerminalOutcome outcome) {
      return Optional.of(outcome.work());
    }
    return value instanceof Work work ? Optional.of(work) : Optional.empty();
  }

  private static Failure failure(OriginalRecord original, Record<?, ?> record, String reason) {
    return work(record)
        .map(work -> Failure.ofWork(work, work.attempts(), FailureClass.INTERNAL, reason))
        .orElseGet(() -> Failure.ofRecord(original, FailureClass.INTERNAL, reason));
  }

  private static Optional<OriginalRecord> original(
      ErrorHandlerContext context, Record<?, ?> record) {
    // a record forwarded from a punctuation has no source record, so its own lineage comes first
    if (record != null && record.value() instanceof Traceable traceable) {
      return Optional.of(traceable.original());
    }
    return SourceRecords.of(context);
  }
}
