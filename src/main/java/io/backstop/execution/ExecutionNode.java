package io.backstop.execution;

import io.backstop.action.TerminalOutcome;
import io.backstop.action.Work;
import io.backstop.config.ExecutionConfig;
import io.backstop.metrics.ActionMetrics;
import io.backstop.serde.RequestDecoder;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/** The node that makes the calls, and what all its tasks in this process share. */
public record ExecutionNode(
    CallPlans plans,
    ExecutionConfig config,
    RequestDecoder decoder,
    CallGate gate,
    ActionMetrics metrics)
    implements ProcessorSupplier<byte[], Work, byte[], TerminalOutcome> {

  @Override
  public Processor<byte[], Work, byte[], TerminalOutcome> get() {
    return new ExecutionProcessor(this);
  }

  @Override
  public Set<StoreBuilder<?>> stores() {
    return Set.of(InFlightStore.builder(), Backlog.builder());
  }
}
