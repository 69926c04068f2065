package io.backstop.execution;

import io.backstop.action.ActionRequest;
import io.backstop.action.TerminalOutcome;
import io.backstop.action.Work;
import io.backstop.config.ExecutionConfig;
import io.backstop.metrics.ActionMetrics;
import io.backstop.serde.WireDecoder;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The node that makes the calls, and what all its tasks in this process share.
 *
 * @param outcomeChild where outcomes go
 */
public record ExecutionNode(
    CallPlans plans,
    ExecutionConfig config,
    WireDecoder<ActionRequest> decoder,
    CallGate gate,
    ActionMetrics metrics,
    String outcomeChild)
    implements ProcessorSupplier<byte[], Work, byte[], TerminalOutcome> {

  @Override
  public Processor<byte[], Work, byte[], TerminalOutcome> get() {
    return new ExecutionProcessor(this);
  }

  @Override
  public Set<StoreBuilder<?>> stores() {
    // in this order, always: Set.of would have the topology described in another one at each start
    return new LinkedHashSet<>(
        List.of(InFlightStore.builder(), Backlog.builder(), BackingOff.builder()));
  }
}
