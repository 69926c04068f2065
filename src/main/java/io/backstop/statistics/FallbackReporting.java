package io.backstop.statistics;

import io.backstop.action.ActionNames;
import io.backstop.action.FallbackReport;
import io.backstop.action.FallbackUse;
import io.backstop.action.Priority;
import io.backstop.action.QueueCounts;
import io.backstop.action.QueueDepth;
import io.backstop.action.StoreNames;
import io.backstop.action.TerminalOutcome;
import io.backstop.metrics.ActionMetrics;
import io.backstop.metrics.Metric;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Counts which fallback steps were used, and tells the fallback-ledger once per second: in the
 * task's transactions, so that each use is told exactly once. Sees every outcome; one without a
 * fallback costs a comparison. Notifications of the team are not counted.
 */
public final class FallbackReporting
    implements Processor<byte[], TerminalOutcome, String, FallbackReport> {
  private static final Duration REPORTING = Duration.ofSeconds(1);
  private static final int USES_PER_REPORT = 200;

  /** What all tasks of a process share. */
  public static final class Shared {
    private final ActionNames names;
    private final QueueDepth queue;
    private final ActionMetrics metrics;

    /**
     * @param targets names of all targets
     */
    public Shared(Collection<String> targets, QueueDepth queue, ActionMetrics metrics) {
      this.names = new ActionNames(targets);
      this.queue = queue;
      this.metrics = metrics;
      for (Priority priority : Priority.values()) {
        metrics.gauge(Metric.RETRY_QUEUE, () -> queue.parked(priority), priority.name());
      }
    }

    private void count(String primary, StepUse use) {
      String outcome = use.succeeded() ? "succeeded" : "failed";
      metrics.counter(Metric.FALLBACKS, primary, use.step(), outcome).increment();
    }
  }

  private final Shared shared;
  private ProcessorContext<String, FallbackReport> context;
  private UnreportedUses uses;
  private QueueCounts toldQueue;

  private FallbackReporting(Shared shared) {
    this.shared = shared;
  }

  /** Its child is the sink of the reports. */
  public static ProcessorSupplier<byte[], TerminalOutcome, String, FallbackReport> supplier(
      Shared shared) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<byte[], TerminalOutcome, String, FallbackReport> get() {
        return new FallbackReporting(shared);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(UnreportedUses.builder());
      }
    };
  }

  @Override
  public void init(ProcessorContext<String, FallbackReport> processorContext) {
    context = processorContext;
    uses = new UnreportedUses(context.getStateStore(StoreNames.FALLBACK_USES));
    toldQueue = null; // whoever had the task before may have told something else since
    context.schedule(REPORTING, PunctuationType.WALL_CLOCK_TIME, this::report);
  }

  @Override
  public void process(Record<byte[], TerminalOutcome> record) {
    TerminalOutcome outcome = record.value();
    if (!StepUse.isNone(outcome) && !Notifications.isOne(outcome.original())) {
      count(outcome, record.timestamp());
    }
  }

  private void count(TerminalOutcome outcome, long now) {
    String primary = shared.names.of(outcome.work().request().getAction());
    String error = primaryError(outcome);
    for (StepUse use : StepUse.of(outcome)) {
      StepUse named = new StepUse(shared.names.of(use.step()), use.succeeded());
      uses.add(primary, named, error, now);
      shared.count(primary, named);
    }
  }

  private static String primaryError(TerminalOutcome outcome) {
    return outcome instanceof TerminalOutcome.Done done && done.result().getOriginalError() != null
        ? done.result().getOriginalError()
        : "";
  }

  private void report(long now) {
    QueueCounts queue = newQueueCounts(now);
    List<FallbackUse> some = uses.take(USES_PER_REPORT);
    while (queue != null || !some.isEmpty()) {
      // the partition and not the task's id: that changes with the topology
      String task = Integer.toString(context.taskId().partition());
      FallbackReport report = new FallbackReport(task, Instant.ofEpochMilli(now), some, queue);
      context.forward(new Record<>(task, report, now));
      queue = null;
      some = uses.take(USES_PER_REPORT);
    }
  }

  /** Null when they are as told before. */
  private QueueCounts newQueueCounts(long now) {
    QueueCounts counts = shared.queue.countsOf(context.taskId().toString(), now).orElse(null);
    if (counts == null || counts.equals(toldQueue)) {
      return null;
    }
    toldQueue = counts;
    return counts;
  }
}
