package io.backstop.config;

import io.backstop.action.FailureClass;
import java.time.Duration;
import java.util.Set;

/** When calls of one scope stop and start again; the fields are those of {@link CircuitConfig}. */
public record CircuitSettings(
    Set<TripRule> tripOn,
    int failureThreshold,
    Duration window,
    int minCalls,
    double failureRate,
    double slowCallRate,
    Duration slowCallDuration,
    Set<FailureClass> failureClasses,
    Duration openDuration,
    double openFactor,
    Duration maxOpenDuration,
    int successesToClose,
    int halfOpenProbes,
    ProbeKind probe,
    Duration probeTimeout,
    Duration permitDuration,
    int minInstances) {

  static CircuitSettings of(CircuitConfig config) {
    return new CircuitSettings(
        Set.copyOf(config.tripOn()),
        config.failureThreshold(),
        config.window(),
        config.minCalls(),
        config.failureRate(),
        config.slowCallRate(),
        config.slowCallDuration(),
        Set.copyOf(config.failureClasses()),
        config.openDuration(),
        config.openFactor(),
        config.maxOpenDuration(),
        config.successesToClose(),
        config.halfOpenProbes(),
        config.probe(),
        config.probeTimeout(),
        config.permitDuration(),
        config.minInstances());
  }

  CircuitSettings with(CircuitOverrides own) {
    return new CircuitSettings(
        own.tripOn().map(Set::copyOf).orElse(tripOn),
        own.failureThreshold().orElse(failureThreshold),
        own.window().orElse(window),
        own.minCalls().orElse(minCalls),
        own.failureRate().orElse(failureRate),
        own.slowCallRate().orElse(slowCallRate),
        own.slowCallDuration().orElse(slowCallDuration),
        own.failureClasses().map(Set::copyOf).orElse(failureClasses),
        own.openDuration().orElse(openDuration),
        own.openFactor().orElse(openFactor),
        own.maxOpenDuration().orElse(maxOpenDuration),
        own.successesToClose().orElse(successesToClose),
        own.halfOpenProbes().orElse(halfOpenProbes),
        own.probe().orElse(probe),
        own.probeTimeout().orElse(probeTimeout),
        own.permitDuration().orElse(permitDuration),
        own.minInstances().orElse(minInstances));
  }
}
