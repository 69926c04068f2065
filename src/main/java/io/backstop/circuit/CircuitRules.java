package io.backstop.circuit;

import io.backstop.config.CircuitSettings;
import io.backstop.config.ProbeKind;
import io.backstop.config.ScopePolicy;
import java.time.Duration;

/**
 * What decides about one circuit now; commands can change it between any two events.
 *
 * @param probesByHealth whether health calls are the probes, rather than live requests
 * @param probeLimit how long a probe may take
 */
record CircuitRules(CircuitSettings settings, boolean probesByHealth, Duration probeLimit) {
  private static final long LARGEST_CLOCK_SKEW_MS = 5_000;

  /**
   * A service without a health call is probed by live requests whatever is configured: it would
   * never be found well again otherwise.
   *
   * @param hasHealthCall whether the service has a harmless call for the purpose
   */
  static CircuitRules of(ScopePolicy policy, boolean hasHealthCall) {
    boolean byHealth = hasHealthCall && policy.circuit().probe() != ProbeKind.LIVE;
    return new CircuitRules(
        policy.circuit(), byHealth, byHealth ? policy.circuit().probeTimeout() : policy.timeout());
  }

  /**
   * How long the circuit stays open.
   *
   * @param openings openings in a row, this one included
   */
  long openMs(int openings) {
    double grown =
        settings.openDuration().toMillis() * Math.pow(settings.openFactor(), openings - 1.0);
    return (long) Math.min(grown, settings.maxOpenDuration().toMillis());
  }

  /** How long a permit can be used. */
  long permitMs() {
    return settings.permitDuration().toMillis();
  }

  /**
   * From the end of a permit's use to its expiry: a probe started at the last moment, by a clock
   * that is behind, must have been reported by then.
   */
  long reportMs() {
    return probeLimit.toMillis() + Math.min(LARGEST_CLOCK_SKEW_MS, permitMs());
  }
}
