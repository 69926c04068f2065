package io.backstop.idempotency;

import io.backstop.action.ActionResult;
import io.backstop.action.DeadLetterId;
import io.backstop.action.Failure;
import io.backstop.action.FinishedRequest;
import io.backstop.action.Lineage;
import io.backstop.action.OriginalRecord;
import io.backstop.action.Reply;
import io.backstop.action.ResultStatus;
import io.backstop.action.StoreNames;
import io.backstop.action.TerminalOutcome;
import io.backstop.action.Work;
import io.backstop.metrics.ActionMetrics;
import io.backstop.serde.KafkaHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;

/** Writes the terminal outcome under its key, once, and sends it where it belongs. */
public final class OutcomeRecording implements Processor<byte[], TerminalOutcome, byte[], Object> {
  private final Duration retention;
  private final ActionMetrics metrics;
  private final Children children;
  private ProcessorContext<byte[], Object> context;
  private FinishedStore finished;

  /**
   * Where outcomes go.
   *
   * @param results name of the node for results
   * @param failures for what could be done nowhere
   * @param replays for the results of replayed requests, beside the first
   * @param observers for every outcome, beside its result or failure
   */
  public record Children(String results, String failures, String replays, List<String> observers) {}

  private OutcomeRecording(Duration retention, ActionMetrics metrics, Children children) {
    this.retention = retention;
    this.metrics = metrics;
    this.children = children;
  }

  public static ProcessorSupplier<byte[], TerminalOutcome, byte[], Object> supplier(
      Duration retention, ActionMetrics metrics, Children children) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<byte[], TerminalOutcome, byte[], Object> get() {
        return new OutcomeRecording(retention, metrics, children);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(FinishedStore.builder(retention));
      }
    };
  }

  @Override
  public void init(ProcessorContext<byte[], Object> processorContext) {
    context = processorContext;
    finished = new FinishedStore(context.getStateStore(StoreNames.FINISHED), retention);
    finished.ensureSegment(context);
  }

  @Override
  public void process(Record<byte[], TerminalOutcome> record) {
    long now = record.timestamp();
    if (record.value() instanceof TerminalOutcome.Done done) {
      remember(done.work(), done.result(), now);
      metrics.request("succeeded");
      reply(record, done.result());
      observed(record);
    } else if (record.value() instanceof TerminalOutcome.Duplicate duplicate) {
      metrics.request("duplicate");
      reply(record, Duplicate.ofInFlight(duplicate.work(), duplicate.originalRequestId(), now));
    } else if (record.value() instanceof TerminalOutcome.DeadLettered dead) {
      remember(dead.work(), pointerTo(dead.failure(), dead.work(), now), now);
      context.forward(new Record<>(record.key(), dead.failure(), now), children.failures());
      observed(record);
    }
  }

  private void observed(Record<byte[], TerminalOutcome> record) {
    Record<byte[], Object> outcome = record.withValue(record.value());
    for (String observer : children.observers()) {
      context.forward(outcome, observer);
    }
  }

  private void reply(Record<byte[], TerminalOutcome> record, ActionResult result) {
    OriginalRecord original = record.value().original();
    Record<byte[], Object> reply =
        new Record<>(
            record.key(),
            new Reply(original, result),
            record.timestamp(),
            KafkaHeaders.of(original));
    context.forward(reply, children.results());
    if (Lineage.of(original.getHeaders()).isPresent()) {
      context.forward(reply, children.replays());
    }
  }

  private void remember(Work work, ActionResult result, long now) {
    int generation = Lineage.generation(work.original());
    finished.put(
        work.idempotencyKey(),
        new FinishedRequest(Instant.ofEpochMilli(now), result, generation),
        now);
  }

  private static ActionResult pointerTo(Failure failure, Work work, long now) {
    return ActionResult.newBuilder()
        .setRequestId(work.request().getRequestId())
        .setIdempotencyKey(work.idempotencyKey())
        .setStatus(ResultStatus.DEAD_LETTERED)
        .setPrimaryAction(work.request().getAction())
        .setOriginalError(failure.reason())
        .setDeadLetterId(DeadLetterId.of(work.original()))
        .setAttempts(failure.attempts())
        .setMessage("This could not be done; it is kept for an operator to look at.")
        .setReceivedAt(Instant.ofEpochMilli(work.receivedAt()))
        .setCompletedAt(Instant.ofEpochMilli(now))
        .build();
  }
}
