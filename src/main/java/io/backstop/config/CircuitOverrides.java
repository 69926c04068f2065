package io.backstop.config;

import io.backstop.action.FailureClass;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** Values of its own for one service or target; see {@link CircuitConfig}. */
public interface CircuitOverrides {

  @Doc("As backstop.circuit.trip-on.")
  Optional<Set<TripRule>> tripOn();

  @Doc("As backstop.circuit.failure-threshold.")
  OptionalInt failureThreshold();

  @Doc("As backstop.circuit.window.")
  Optional<Duration> window();

  @Doc("As backstop.circuit.min-calls.")
  OptionalInt minCalls();

  @Doc("As backstop.circuit.failure-rate.")
  OptionalDouble failureRate();

  @Doc("As backstop.circuit.slow-call-rate.")
  OptionalDouble slowCallRate();

  @Doc("As backstop.circuit.slow-call-duration.")
  Optional<Duration> slowCallDuration();

  @Doc("As backstop.circuit.failure-classes.")
  Optional<Set<FailureClass>> failureClasses();

  @Doc("As backstop.circuit.open-duration.")
  Optional<Duration> openDuration();

  @Doc("As backstop.circuit.open-factor.")
  OptionalDouble openFactor();

  @Doc("As backstop.circuit.max-open-duration.")
  Optional<Duration> maxOpenDuration();

  @Doc("As backstop.circuit.successes-to-close.")
  OptionalInt successesToClose();

  @Doc("As backstop.circuit.half-open-probes.")
  OptionalInt halfOpenProbes();

  @Doc("As backstop.circuit.probe.")
  Optional<ProbeKind> probe();

  @Doc("As backstop.circuit.probe-timeout.")
  Optional<Duration> probeTimeout();

  @Doc("As backstop.circuit.permit-duration.")
  Optional<Duration> permitDuration();

  @Doc("As backstop.circuit.min-instances.")
  OptionalInt minInstances();
}
