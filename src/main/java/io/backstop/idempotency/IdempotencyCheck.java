package io.backstop.idempotency;

import io.backstop.action.ActionResult;
import io.backstop.action.FinishedRequest;
import io.backstop.action.Lineage;
import io.backstop.action.OriginalRecord;
import io.backstop.action.Reply;
import io.backstop.action.ResultStatus;
import io.backstop.action.StoreNames;
import io.backstop.action.Work;
import io.backstop.metrics.ActionMetrics;
import io.backstop.metrics.Metric;
import io.backstop.serde.KafkaHeaders;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Lets work through once per key: a duplicate of a finished request gets its result again. What was
 * dead-lettered may be replayed, once in each generation. Whether the original is still in flight
 * is for the execution to say, which knows it without a look-up.
 */
public final class IdempotencyCheck implements Processor<byte[], Work, byte[], Object> {
  private final Duration retention;
  private final ActionMetrics metrics;
  private final Counter duplicates;
  private final Children children;
  private ProcessorContext<byte[], Object> context;
  private FinishedStore finished;

  /**
   * Where records go.
   *
   * @param work name of the node for work that is to be done
   * @param results for the results of duplicates
   * @param replays for the same again, where the duplicate was replayed
   */
  public record Children(String work, String results, String replays) {}

  private IdempotencyCheck(Duration retention, ActionMetrics metrics, Children children) {
    this.retention = retention;
    this.metrics = metrics;
    this.duplicates = metrics.counter(Metric.DUPLICATES, "finished");
    this.children = children;
  }

  public static ProcessorSupplier<byte[], Work, byte[], Object> supplier(
      Duration retention, ActionMetrics metrics, Children children) {
    return () -> new IdempotencyCheck(retention, metrics, children);
  }

  @Override
  public void init(ProcessorContext<byte[], Object> processorContext) {
    context = processorContext;
    finished = new FinishedStore(context.getStateStore(StoreNames.FINISHED), retention);
  }

  @Override
  public void process(Record<byte[], Work> record) {
    Work work = record.value();
    Optional<FinishedRequest> done = finished.find(work.idempotencyKey(), record.timestamp());
    if (done.isPresent() && !isReplayOf(done.get(), work)) {
      duplicate(record, Duplicate.ofFinished(work, done.get()));
    } else {
      context.forward(record, children.work());
    }
  }

  /** Whether work is to be done although something is finished under its key. */
  private static boolean isReplayOf(FinishedRequest finished, Work work) {
    Optional<Lineage> lineage = Lineage.of(work.original().getHeaders());
    if (lineage.isEmpty() || lineage.get().generation() <= finished.getGeneration()) {
      return false;
    }
    return lineage.get().forced() || finished.getResult().getStatus() == ResultStatus.DEAD_LETTERED;
  }

  private void duplicate(Record<byte[], Work> record, ActionResult result) {
    duplicates.increment();
    metrics.request(record.value().request().getAction(), "duplicate");
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
}
