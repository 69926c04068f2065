package io.backstop.torture;

import static io.backstop.torture.Disturbance.Kind.BROKER_AWAY;
import static io.backstop.torture.Disturbance.Kind.FENCED;
import static io.backstop.torture.Disturbance.Kind.FROZEN;
import static io.backstop.torture.Disturbance.Kind.KILLED;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.AttemptOutcome;
import io.backstop.torture.Violation.Kind;
import org.junit.jupiter.api.Test;

/** Calls come in the order of the steps, and not while a circuit is open. */
class CallChecksTest extends StagedRun {
  @Test
  void shouldFindACallToAnEarlierStepAfterOneToALaterStep() {
    publishCascade();
    call(0, PAGE, "k-0", T + 300);
    disturb(KILLED, 0, T + 310, T + 310);

    assertThat(kinds()).containsExactly(Kind.OUT_OF_ORDER);
  }

  @Test
  void shouldCountTheSameOfAProcessorThatWasFrozenAsAZombieCall() {
    publishCascade();
    call(0, PAGE, "k-0", T + 300);
    disturb(FROZEN, 0, T - 9_000, T + 290);

    Verdict verdict = check();

    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.zombieCalls()).isEqualTo(1);
  }

  @Test
  void shouldNotExcuseAnEarlierStepByWhatCameAfterItOrByABrokerThatIsAway() {
    publishCascade();
    call(0, PAGE, "k-0", T + 450);
    disturb(FROZEN, 0, T + 700, T + 10_700);
    disturb(BROKER_AWAY, Disturbance.ALL, T + 440, T + 5_000);

    assertThat(kinds()).containsExactly(Kind.OUT_OF_ORDER);
  }

  @Test
  void shouldCountAnEarlierStepOfAProcessorThatNoticesLaterThatItWasFencedAsAZombieCall() {
    publishCascade();
    call(0, PAGE, "k-0", T + 450);
    disturb(FENCED, 0, T + 3_000, T + 3_000);

    Verdict verdict = check();

    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.zombieCalls()).isEqualTo(1);
  }

  @Test
  void shouldFindACallToAServiceWhoseCircuitIsOpen() {
    openCircuit();

    Verdict verdict = check();

    assertThat(verdict.violations()).extracting(Violation::kind).containsExactly(Kind.BREAKER_LEAK);
    assertThat(verdict.judgedOpenMs()).isEqualTo(8_000);
  }

  @Test
  void shouldNotExcuseALeakByWhatCameAfterIt() {
    openCircuit();
    disturb(BROKER_AWAY, Disturbance.ALL, T + 3_500, T + 9_000);
    disturb(FROZEN, 0, T + 3_500, T + 13_500);

    assertThat(kinds()).containsExactly(Kind.BREAKER_LEAK);
  }

  @Test
  void shouldExcuseALeakWhileTheBrokerIsAway() {
    openCircuit();
    disturb(BROKER_AWAY, Disturbance.ALL, T + 500, T + 2_500);

    Verdict verdict = check();

    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.zombieCalls()).isEqualTo(1);
  }

  @Test
  void shouldAllowCallsUntilTheNewsIsOutAndOnceProbesArePermitted() {
    publish("r-0", "k-0");
    succeed(
        "r-0",
        "k-0",
        attempt(PAGE, T + 100, AttemptOutcome.RETRYABLE),
        attempt(PAGE, T + 4_000, AttemptOutcome.SUCCEEDED));
    call(0, PAGE, "k-0", T + 101);
    call(0, PAGE, "k-0", T + 4_001);
    open.add(new OpenTime("notion", T, T + 4_000));
    open.add(new OpenTime("slack", T, T + 900));

    Verdict verdict = check();

    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.judgedOpenMs()).isEqualTo(3_000);
  }

  /** A call on processor 0, three seconds after the circuit has opened. */
  private void openCircuit() {
    publish("r-0", "k-0");
    succeed("r-0", "k-0", attempt(PAGE, T + 3_000, AttemptOutcome.SUCCEEDED));
    call(0, PAGE, "k-0", T + 3_001);
    open.add(new OpenTime("notion", T, T + 6_000));
    open.add(new OpenTime("trello", T, T + 4_000));
  }

  private void publishCascade() {
    publish("r-0", "k-0");
    succeed(
        "r-0",
        "k-0",
        attempt(PAGE, T, AttemptOutcome.RETRYABLE),
        attempt(CARD, T + 100, AttemptOutcome.RETRYABLE),
        attempt(TASK, T + 400, AttemptOutcome.SUCCEEDED));
    call(0, PAGE, "k-0", T + 1);
    call(0, CARD, "k-0", T + 101);
    call(0, TASK, "k-0", T + 401);
  }
}
