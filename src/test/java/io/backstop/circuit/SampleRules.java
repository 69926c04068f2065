package io.backstop.circuit;

import io.backstop.config.CircuitSettings;
import io.backstop.config.Policies;
import io.backstop.testing.TestConfig;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Rules for tests: the defaults and what a test says, or any that are allowed. */
final class SampleRules {
  static final String SCOPE = "notion";

  private SampleRules() {}

  /**
   * @param settings keys below {@code backstop.circuit} and values
   */
  static CircuitRules with(String... settings) {
    return new CircuitRules(settings(settings), false, Duration.ofSeconds(10));
  }

  static CircuitSettings settings(String... settings) {
    return policies(settings).of(SCOPE).circuit();
  }

  static Policies policies(String... settings) {
    String[] full = settings.clone();
    for (int index = 0; index < full.length; index += 2) {
      full[index] = "backstop.circuit." + full[index];
    }
    return new Policies(TestConfig.with(full));
  }

  /** Any rules of a small circuit: short times, few probes. */
  static Arbitrary<CircuitRules> any() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 4),
            Arbitraries.integers().between(0, 4),
            Arbitraries.longs().between(1, 5_000),
            Arbitraries.doubles().between(1, 4),
            Arbitraries.longs().between(1, 3_000))
        .as(SampleRules::of);
  }

  private static CircuitRules of(
      int successes, int spareProbes, long openMs, double factor, long permitMs) {
    CircuitSettings like = settings();
    return new CircuitRules(
        new CircuitSettings(
            like.tripOn(),
            like.failureThreshold(),
            like.window(),
            like.minCalls(),
            like.failureRate(),
            like.slowCallRate(),
            like.slowCallDuration(),
            like.failureClasses(),
            Duration.ofMillis(openMs),
            factor,
            Duration.ofMillis(3 * openMs),
            successes,
            successes + spareProbes,
            like.probe(),
            like.probeTimeout(),
            Duration.ofMillis(permitMs),
            like.minInstances()),
        false,
        Duration.ofMillis(500));
  }
}
