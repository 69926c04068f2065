package io.backstop.circuit;

import io.backstop.action.CircuitState;
import io.backstop.action.CircuitStatus;
import io.backstop.metrics.ActionMetrics;
import io.backstop.metrics.Metric;
import io.micrometer.core.instrument.Counter;
import java.util.List;

/** The meters of one circuit in this instance. Thread-safe. */
final class CircuitMeter {
  private final String scope;
  private final ActionMetrics metrics;
  private final long startedAt;
  private final Counter refusals;
  private final Counter leakedCalls;

  /**
   * @param startedAt epoch milliseconds: changes before it are history that this process reads when
   *     it starts
   */
  CircuitMeter(String scope, ActionMetrics metrics, long startedAt) {
    this.scope = scope;
    this.metrics = metrics;
    this.startedAt = startedAt;
    this.refusals = metrics.counter(Metric.CIRCUIT_REFUSALS, scope);
    this.leakedCalls = metrics.counter(Metric.CIRCUIT_LEAKED_CALLS, scope);
    // seldom, and an increase needs a value before it: from 0, so that the first one is seen
    for (CircuitState state : CircuitState.values()) {
      metrics.counter(Metric.CIRCUIT_TRANSITIONS, scope, state.name());
    }
    List.of("health", "live").forEach(kind -> metrics.counter(Metric.CIRCUIT_PROBES, scope, kind));
  }

  void transition(CircuitStatus to) {
    if (to.getSince().toEpochMilli() >= startedAt) {
      metrics.counter(Metric.CIRCUIT_TRANSITIONS, scope, to.getState().name()).increment();
    }
  }

  void refused() {
    refusals.increment();
  }

  void leaked(int calls) {
    leakedCalls.increment(calls);
  }

  /**
   * @param kind {@code health} or {@code live}
   */
  void probe(String kind) {
    metrics.counter(Metric.CIRCUIT_PROBES, scope, kind).increment();
  }
}
