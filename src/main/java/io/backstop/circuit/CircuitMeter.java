package io.backstop.circuit;

import io.backstop.action.CircuitState;
import io.backstop.metrics.ActionMetrics;
import io.backstop.metrics.Metric;
import io.micrometer.core.instrument.Counter;

/** The meters of one circuit in this instance. Thread-safe. */
final class CircuitMeter {
  private final String scope;
  private final ActionMetrics metrics;
  private final Counter refusals;
  private final Counter leakedCalls;

  CircuitMeter(String scope, ActionMetrics metrics) {
    this.scope = scope;
    this.metrics = metrics;
    this.refusals = metrics.counter(Metric.CIRCUIT_REFUSALS, scope);
    this.leakedCalls = metrics.counter(Metric.CIRCUIT_LEAKED_CALLS, scope);
  }

  void transition(CircuitState to) {
    metrics.counter(Metric.CIRCUIT_TRANSITIONS, scope, to.name()).increment();
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
