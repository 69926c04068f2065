package io.backstop.event;

import io.backstop.action.ActionEvent;
import io.backstop.action.ActionResult;
import io.backstop.action.Attempt;
import io.backstop.action.Failure;
import io.backstop.action.ResultStatus;
import io.backstop.action.TerminalOutcome;
import io.backstop.action.Work;
import io.backstop.config.EventsConfig;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Tells what became of requests, as far as the configuration wants to know: takes each {@link
 * TerminalOutcome}, and each {@link Failure} of a record that never became work. A duplicate is no
 * event.
 */
public final class RequestEvents implements Processor<byte[], Object, byte[], ActionEvent> {
  private final boolean succeeded;
  private final boolean failed;
  private final boolean rejected;
  private final boolean fallbackUsed;
  private final String child;
  private ProcessorContext<byte[], ActionEvent> context;

  private RequestEvents(EventsConfig config, String child) {
    this.succeeded = config.requestSucceeded();
    this.failed = config.requestFailed();
    this.rejected = config.requestRejected();
    this.fallbackUsed = config.fallbackUsed();
    this.child = child;
  }

  /**
   * @param child where events go, under the record's key
   */
  public static ProcessorSupplier<byte[], Object, byte[], ActionEvent> supplier(
      EventsConfig config, String child) {
    return () -> new RequestEvents(config, child);
  }

  @Override
  public void init(ProcessorContext<byte[], ActionEvent> processorContext) {
    context = processorContext;
  }

  @Override
  public void process(Record<byte[], Object> record) {
    if (record.value() instanceof TerminalOutcome.Done done) {
      done(record, done.work(), done.result());
    } else if (record.value() instanceof TerminalOutcome.DeadLettered dead) {
      Instant at = Instant.ofEpochMilli(record.timestamp());
      rejected(record, dead.work(), dead.failure().attempts(), at);
      failed(record, dead.failure());
    } else if (record.value() instanceof Failure failure) {
      failed(record, failure);
    }
  }

  private void done(Record<byte[], Object> record, Work work, ActionResult result) {
    rejected(record, work, result.getAttempts(), result.getCompletedAt());
    if (result.getStatus() != ResultStatus.SUCCEEDED) {
      return;
    }
    if (fallbackUsed && result.getExecutedViaFallback()) {
      forward(record, RequestEvent.fallbackUsed(work, result));
    }
    if (succeeded) {
      forward(record, RequestEvent.succeeded(work, result));
    }
  }

  private void failed(Record<byte[], Object> record, Failure failure) {
    if (failed) {
      forward(record, RequestEvent.failed(failure, record.timestamp()));
    }
  }

  private void rejected(
      Record<byte[], Object> record, Work work, List<Attempt> attempts, Instant at) {
    Attempt rejection = rejected ? RequestEvent.rejection(attempts) : null;
    if (rejection != null) {
      forward(record, RequestEvent.rejected(work, rejection, attempts, at));
    }
  }

  private void forward(Record<byte[], Object> record, ActionEvent event) {
    context.forward(new Record<>(record.key(), event, record.timestamp()), child);
  }
}
