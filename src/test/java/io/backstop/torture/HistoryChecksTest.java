package io.backstop.torture;

import static io.backstop.torture.Disturbance.Kind.BROKER_AWAY;
import static io.backstop.torture.Disturbance.Kind.FENCED;
import static io.backstop.torture.Disturbance.Kind.FROZEN;
import static io.backstop.torture.Disturbance.Kind.JOINED;
import static io.backstop.torture.Disturbance.Kind.KILLED;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.AttemptOutcome;
import io.backstop.torture.Violation.Kind;
import org.junit.jupiter.api.Test;

/** Every call that was repeated or interrupted has a cause, and every success a call. */
class HistoryChecksTest extends StagedRun {
  @Test
  void shouldFindACallThatTheHistoryDoesNotKnow() {
    publish("r-0", "k-0");
    succeed("r-0", "k-0", attempt(PAGE, T, AttemptOutcome.SUCCEEDED));
    call(0, PAGE, "k-0", T + 5);
    call(0, PAGE, "k-0", T + 900);

    assertThat(kinds()).containsExactly(Kind.UNEXPLAINED_REPEAT);
  }

  @Test
  void shouldNotTakeARepeatForTheCallOfAnAttemptThatHadEndedBefore() {
    publish("r-0", "k-0");
    letter("r-0", "k-0", attempt(PAGE, T, AttemptOutcome.PERMANENT));
    call(0, PAGE, "k-0", T + 8_000);

    assertThat(kinds()).containsExactly(Kind.UNEXPLAINED_REPEAT);
  }

  @Test
  void shouldFindASuccessThatNoServiceHasSeen() {
    publish("r-0", "k-0");
    succeed("r-0", "k-0", attempt(PAGE, T, AttemptOutcome.SUCCEEDED));

    assertThat(kinds()).containsExactly(Kind.CALL_NOT_SEEN);
  }

  @Test
  void shouldExplainACallThatWasLostWithItsProcessor() {
    publish("r-0", "k-0");
    succeed("r-0", "k-0", attempt(PAGE, T + 8_000, AttemptOutcome.SUCCEEDED));
    call(0, PAGE, "k-0", T);
    call(1, PAGE, "k-0", T + 8_003);
    disturb(KILLED, 0, T + 40, T + 40);

    Verdict verdict = check();

    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.repeats().uncommitted()).isEqualTo(1);
  }

  @Test
  void shouldNotExplainARepeatByTheDeathOfAnotherProcessorOrByOneBeforeTheCall() {
    publish("r-0", "k-0");
    succeed("r-0", "k-0", attempt(PAGE, T + 8_000, AttemptOutcome.SUCCEEDED));
    call(0, PAGE, "k-0", T);
    call(1, PAGE, "k-0", T + 8_003);
    disturb(KILLED, 2, T + 40, T + 40);
    disturb(KILLED, 0, T - 40, T - 40);
    disturb(JOINED, 0, T - 40, T + 40);

    assertThat(kinds()).containsExactly(Kind.UNEXPLAINED_REPEAT);
  }

  @Test
  void shouldExplainCallsByAFrozenProcessorAndByABrokerThatIsAway() {
    publish("r-0", "k-0");
    succeed("r-0", "k-0", attempt(PAGE, T + 8_000, AttemptOutcome.SUCCEEDED));
    call(1, PAGE, "k-0", T + 8_003);
    call(0, PAGE, "k-0", T + 10_100);
    disturb(FROZEN, 0, T, T + 10_000);
    publish("r-1", "k-1");
    succeed("r-1", "k-1", attempt(PAGE, T + 90_000, AttemptOutcome.SUCCEEDED));
    call(2, PAGE, "k-1", T + 80_000);
    call(2, PAGE, "k-1", T + 90_001);
    disturb(BROKER_AWAY, Disturbance.ALL, T + 80_100, T + 85_000);

    Verdict verdict = check();

    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.repeats().uncommitted()).isEqualTo(2);
  }

  @Test
  void shouldFindAnInterruptedCallWithoutACause() {
    publish("r-0", "k-0");
    succeed(
        "r-0",
        "k-0",
        attempt(PAGE, T, AttemptOutcome.INTERRUPTED),
        attempt(PAGE, T + 500, AttemptOutcome.SUCCEEDED));
    call(1, PAGE, "k-0", T + 501);
    disturb(JOINED, 1, T + 501_000, T + 502_000);

    assertThat(kinds()).containsExactly(Kind.UNEXPLAINED_REPEAT);
  }

  @Test
  void shouldNotExplainAnInterruptedCallByWhatBefellAnotherProcessorOrCameBeforeTheCall() {
    publishInterrupted();
    disturb(KILLED, 1, T + 6_000, T + 6_000);
    disturb(KILLED, 0, T + 4_000, T + 4_000);
    disturb(JOINED, 2, T + 1_000, T + 2_500);
    disturb(BROKER_AWAY, Disturbance.ALL, T + 6_000, T + 7_000);

    assertThat(kinds()).containsExactly(Kind.UNEXPLAINED_REPEAT);
  }

  @Test
  void shouldExplainAnInterruptedCallByTheDeathOfItsProcessor() {
    publishInterrupted();
    disturb(KILLED, 0, T + 5_100, T + 5_100);

    assertThat(kinds()).isEmpty();
  }

  @Test
  void shouldExplainAnInterruptedCallByAProcessorThatNoticesLaterThatItWasFenced() {
    publishInterrupted();
    disturb(FENCED, 0, T + 13_000, T + 13_000);

    assertThat(kinds()).isEmpty();
  }

  @Test
  void shouldExplainAnInterruptedCallByAnotherThatComesIntoTheGroupOrComesBack() {
    publishInterrupted();
    disturb(JOINED, 2, T + 2_000, T + 4_000);

    assertThat(kinds()).isEmpty();

    disturbances.clear();
    disturb(FROZEN, 2, T - 6_000, T + 4_000);

    assertThat(kinds()).isEmpty();
  }

  @Test
  void shouldTakeTheCallThatCannotHaveBeenLostForTheInterruptedOne() {
    publish("r-0", "k-0");
    succeed(
        "r-0",
        "k-0",
        attempt(PAGE, T, AttemptOutcome.INTERRUPTED),
        attempt(PAGE, T + 30_000, AttemptOutcome.SUCCEEDED));
    call(0, PAGE, "k-0", T + 1);
    call(1, PAGE, "k-0", T + 20_000);
    call(2, PAGE, "k-0", T + 30_001);
    disturb(KILLED, 0, T + 100, T + 100);
    disturb(JOINED, 0, T + 19_000, T + 20_500);

    Verdict verdict = check();

    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.repeats()).isEqualTo(new Verdict.Repeats(1, 1, 0));
  }

  @Test
  void shouldCountRepeatsAfterHandOverAndAfterTimeOut() {
    publish("r-0", "k-0");
    succeed(
        "r-0",
        "k-0",
        attempt(PAGE, T, AttemptOutcome.INTERRUPTED),
        attempt(PAGE, T + 500, AttemptOutcome.TIMED_OUT),
        attempt(PAGE, T + 3_000, AttemptOutcome.SUCCEEDED));
    call(0, PAGE, "k-0", T + 1);
    call(1, PAGE, "k-0", T + 501);
    call(1, PAGE, "k-0", T + 3_001);
    disturb(JOINED, 1, T + 100, T + 400);

    Verdict verdict = check();

    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.repeats()).isEqualTo(new Verdict.Repeats(0, 1, 1));
  }

  @Test
  void shouldFindAHistoryThatGoesBackToAnEarlierStepAndAStepThatIsNotInTheStrategy() {
    publish("r-0", "k-0");
    succeed(
        "r-0",
        "k-0",
        attempt(PAGE, T, AttemptOutcome.RETRYABLE),
        attempt(TASK, T + 100, AttemptOutcome.RETRYABLE),
        attempt(CARD, T + 200, AttemptOutcome.PERMANENT));
    publish("r-1", "k-1");
    letter("r-1", "k-1", attempt("slack:postMessage", T, AttemptOutcome.PERMANENT));

    assertThat(kinds()).containsExactly(Kind.OUT_OF_ORDER, Kind.OUT_OF_ORDER);
  }

  /** Read at T, called on processor 0 five seconds later, and again on processor 1 after seven. */
  private void publishInterrupted() {
    publish("r-0", "k-0");
    succeed(
        "r-0",
        "k-0",
        attempt(PAGE, T, AttemptOutcome.INTERRUPTED),
        attempt(PAGE, T + 7_000, AttemptOutcome.SUCCEEDED));
    call(0, PAGE, "k-0", T + 5_000);
    call(1, PAGE, "k-0", T + 7_001);
  }
}
