package io.backstop.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How one scope is called: every setting with its value. Immutable.
 *
 * @param callsPerSecond of the whole fleet; empty for no limit
 */
public record ScopePolicy(
    int maxConcurrentCalls,
    OptionalDouble callsPerSecond,
    Duration timeout,
    RetrySettings retry,
    CircuitSettings circuit) {

  static ScopePolicy of(BackstopConfig config) {
    return new ScopePolicy(
        config.execution().maxConcurrentCalls(),
        OptionalDouble.empty(),
        config.execution().timeout(),
        RetrySettings.of(config.retry()),
        CircuitSettings.of(config.circuit()));
  }

  ScopePolicy with(ScopeOverrides own) {
    return new ScopePolicy(
        own.maxConcurrentCalls().orElse(maxConcurrentCalls),
        own.callsPerSecond().isPresent() ? own.callsPerSecond() : callsPerSecond,
        own.timeout().orElse(timeout),
        retry.with(own.retry()),
        circuit.with(own.circuit()));
  }

  /** What contradicts itself, one sentence each; empty when all is well. */
  List<String> contradictions() {
    var found = new ArrayList<String>();
    if (circuit.halfOpenProbes() < circuit.successesToClose()) {
      found.add(
          "circuit.half-open-probes = %d is less than circuit.successes-to-close = %d: the circuit could never close"
              .formatted(circuit.halfOpenProbes(), circuit.successesToClose()));
    }
    if (circuit.openDuration().compareTo(circuit.maxOpenDuration()) > 0) {
      found.add(
          "circuit.open-duration = %s is longer than circuit.max-open-duration = %s"
              .formatted(circuit.openDuration(), circuit.maxOpenDuration()));
    }
    if (retry.initialDelay().compareTo(retry.maxDelay()) > 0) {
      found.add(
          "retry.initial-delay = %s is longer than retry.max-delay = %s"
              .formatted(retry.initialDelay(), retry.maxDelay()));
    }
    return found;
  }
}
