package io.backstop.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.FailureClass;
import io.backstop.action.Outcome;
import io.backstop.config.Policies;
import io.backstop.config.ScopePolicy;
import io.backstop.testing.TestConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SlowStartTest {
  private static final ScopePolicy DEFAULTS = policy();

  private final SlowStart start = new SlowStart(true);

  private static ScopePolicy policy(String... settings) {
    return new Policies(TestConfig.with(settings)).of("notion");
  }

  private void succeeded(int times) {
    for (int call = 0; call < times; call++) {
      start.ended(new Outcome.Succeeded("{}", OptionalInt.of(200)), DEFAULTS);
    }
  }

  @Test
  void shouldBeginWithAsManyCallsAsOpenTheCircuit() {
    assertThat(start.limit(DEFAULTS)).isEqualTo(5);
    assertThat(
            start.limit(
                policy(
                    "backstop.circuit.trip-on",
                    "failure-rate",
                    "backstop.circuit.min-calls",
                    "20")))
        .isEqualTo(20);
    assertThat(start.limit(policy("backstop.execution.max-concurrent-calls", "2"))).isEqualTo(2);
  }

  @Test
  void shouldAllowOneMoreForEachAnswerUpToTheLimit() {
    succeeded(10);
    start.ended(
        new Outcome.Permanent(FailureClass.VALIDATION, "no", OptionalInt.of(400)), DEFAULTS);

    assertThat(start.limit(DEFAULTS)).isEqualTo(16);

    succeeded(1_000);

    assertThat(start.limit(DEFAULTS)).isEqualTo(256);
  }

  @Test
  void shouldAllowOneLessForEachFailureSoThatNoCallTakesThePlaceOfOneThatHung() {
    for (int failed = 1; failed <= 4; failed++) {
      start.ended(new Outcome.TimedOut(Duration.ofSeconds(10)), DEFAULTS);

      assertThat(start.limit(DEFAULTS)).isEqualTo(5 - failed);
    }

    start.ended(new Outcome.TimedOut(Duration.ofSeconds(10)), DEFAULTS);

    assertThat(start.limit(DEFAULTS)).as("never none").isEqualTo(1);
  }

  @Test
  void shouldNotHoldAgainstAServiceWhatItsCircuitDoesNot() {
    start.ended(
        new Outcome.Retryable(
            FailureClass.RATE_LIMITED, "slow down", OptionalInt.of(429), Optional.empty()),
        DEFAULTS);

    assertThat(start.limit(DEFAULTS)).isEqualTo(5);
  }

  @Test
  void shouldStayNearItsLimitWhileATenthFails() {
    succeeded(1_000);
    for (int call = 0; call < 1_000; call++) {
      boolean fails = call % 10 == 0;
      start.ended(
          fails
              ? new Outcome.TimedOut(Duration.ofSeconds(10))
              : new Outcome.Succeeded("{}", OptionalInt.of(200)),
          DEFAULTS);
    }

    assertThat(start.limit(DEFAULTS)).isGreaterThan(250);
  }

  @Test
  void shouldAllowAllAtOnceWhereItIsSwitchedOff() {
    assertThat(new SlowStart(false).limit(DEFAULTS)).isEqualTo(256);
  }

  @Test
  void shouldBeginAgainAfterTheCircuitWasOpen() {
    succeeded(100);
    start.startAgain();

    assertThat(start.limit(DEFAULTS)).isEqualTo(5);
  }
}
