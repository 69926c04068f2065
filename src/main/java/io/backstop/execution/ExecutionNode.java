package io.backstop.execution;

import io.backstop.action.ActionRequest;
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
 * @param children where its records go
 */
public record ExecutionNode(
    CallPlans plans,
    ExecutionConfig config,
    WireDecoder<ActionRequest> decoder,
    CallGate gate,
    ActionMetrics metrics,
    Children children)
    implements ProcessorSupplier<byte[], Work, byte[], Object> {

  /**
   * Where records go.
   *
   * @param outcomes name of the node for the outcomes of requests
   * @param hops of the sink for requests on their way to a fallback step
   */
  public record Children(String outcomes, String hops) {}

  @Override
  public Processor<byte[], Work, byte[], Object> get() {
    return new ExecutionProcessor(this);
  }

  @Override
  public Set<StoreBuilder<?>> stores() {
    // in this order, always: Set.of would have the topology described in another one at each start
    return new LinkedHashSet<>(
        List.of(InFlightStore.builder(), Backlog.builder(), BackingOff.builder()));
  }
}
