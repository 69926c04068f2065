package io.backstop.idempotency;

import io.backstop.action.ActionResult;
import io.backstop.action.FinishedRequest;
import io.backstop.action.Reply;
import io.backstop.action.StoreNames;
import io.backstop.action.Work;
import io.backstop.metrics.ActionMetrics;
import io.backstop.serde.KafkaHeaders;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Lets work through once per key: a duplicate of a finished request gets its result again. Whether
 * the original is still in flight is for the execution to say, which knows it without a look-up.
 */
public final class IdempotencyCheck implements Processor<byte[], Work, byte[], Object> {
  private final Duration retention;
  private final ActionMetrics metrics;
  private final String workChild;
  private final String resultChild;
  private ProcessorContext<byte[], Object> context;
  private FinishedStore finished;

  private IdempotencyCheck(
      Duration retention, ActionMetrics metrics, String workChild, String resultChild) {
    this.retention = retention;
    this.metrics = metrics;
    this.workChild = workChild;
    this.resultChild = resultChild;
  }

  /**
   * @param workChild where work goes that is asked for the first time
   * @param resultChild where the results of duplicates go
   */
  public static ProcessorSupplier<byte[], Work, byte[], Object> supplier(
      Duration retention, ActionMetrics metrics, String workChild, String resultChild) {
    return () -> new IdempotencyCheck(retention, metrics, workChild, resultChild);
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
    if (done.isPresent()) {
      duplicate(record, Duplicate.ofFinished(work, done.get()));
    } else {
      context.forward(record, workChild);
    }
  }

  private void duplicate(Record<byte[], Work> record, ActionResult result) {
    metrics.request("duplicate");
    context.forward(
        new Record<>(
            record.key(),
            new Reply(record.value().original(), result),
            record.timestamp(),
            KafkaHeaders.of(record.value().original())),
        resultChild);
  }
}
