package io.backstop.idempotency;

import io.backstop.action.ActionResult;
import io.backstop.action.DeskOrder;
import io.backstop.action.Lineage;
import io.backstop.action.OriginalRecord;
import io.backstop.action.ReplayOutcome;
import io.backstop.action.Reply;
import io.backstop.action.ResultStatus;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Tells a desk of dead letters what became of a request that it has replayed: in the transaction of
 * the result, so that it is told exactly once. A replayed request that fails again says so by its
 * own dead letter. Sees only what was replayed, so that other requests cost nothing.
 */
public final class LineageReporting implements Processor<byte[], Reply, byte[], LineageReport> {
  private ProcessorContext<byte[], LineageReport> context;

  private LineageReporting() {}

  /** Its child is the sink of the orders to the desks. */
  public static ProcessorSupplier<byte[], Reply, byte[], LineageReport> supplier() {
    return LineageReporting::new;
  }

  @Override
  public void init(ProcessorContext<byte[], LineageReport> processorContext) {
    context = processorContext;
  }

  @Override
  public void process(Record<byte[], Reply> record) {
    Reply reply = record.value();
    Lineage.of(reply.original().getHeaders())
        .ifPresent(
            lineage -> {
              DeskOrder order = order(lineage, reply.result(), record.timestamp());
              OriginalRecord original = reply.original();
              LineageReport report = new LineageReport(original, lineage.desk(), order);
              context.forward(new Record<>(null, report, record.timestamp()));
            });
  }

  private static DeskOrder order(Lineage lineage, ActionResult result, long now) {
    ResultStatus status = result.getStatus();
    boolean done =
        status != ResultStatus.DEAD_LETTERED && status != ResultStatus.DUPLICATE_IN_FLIGHT;
    return DeskOrder.newBuilder()
        .setOperationId(lineage.replayId())
        .setAt(Instant.ofEpochMilli(now))
        .setOutcome(
            ReplayOutcome.newBuilder()
                .setLetterId(lineage.parentId().orElse(null))
                .setGeneration(lineage.generation())
                .setSuppressed(result.getDuplicateOf() != null)
                .setDone(done)
                .setStatus(status)
                .build())
        .build();
  }
}
