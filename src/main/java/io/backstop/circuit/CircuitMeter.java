package io.backstop.circuit;

import io.backstop.action.CircuitState;
import io.backstop.metrics.ActionMetrics;

/** The meters of one circuit in this instance. Thread-safe. */
record CircuitMeter(String scope, ActionMetrics metrics) {

  void transition(CircuitState to) {
    metrics.circuitTransition(scope, to.name());
  }

  void refused() {
    metrics.circuitRefusal(scope);
  }

  /**
   * @param kind {@code health} or {@code live}
   */
  void probe(String kind) {
    metrics.circuitProbe(scope, kind);
  }
}
