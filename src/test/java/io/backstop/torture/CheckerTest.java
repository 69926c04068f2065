package io.backstop.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.AttemptOutcome;
import io.backstop.torture.Violation.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The checker finds each kind of violation, and nothing in a run in which all is well. */
class CheckerTest extends StagedRun {
  @Test
  void shouldFindNothingWhereEachHasItsOutcome() {
    publish("r-0", "k-0");
    publish("r-1", "k-0");
    publish("r-2", "k-2");
    publishPoison("r-3");
    succeed("r-0", "k-0", attempt(PAGE, T, AttemptOutcome.SUCCEEDED));
    duplicate("r-1", "k-0", "r-0");
    letter("r-2", "k-2", attempt(PAGE, T, AttemptOutcome.PERMANENT));
    letter("r-3", null);
    call(0, PAGE, "k-0", T + 1);
    call(1, PAGE, "k-2", T + 1);

    Verdict verdict = check();

    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.requests()).isEqualTo(5);
    assertThat(verdict.keys()).isEqualTo(3);
    assertThat(verdict.results()).isEqualTo(3);
    assertThat(verdict.duplicates()).isEqualTo(1);
    assertThat(verdict.deadLetters()).isEqualTo(2);
    assertThat(verdict.calls()).isEqualTo(3);
    assertThat(verdict.repeats()).isEqualTo(new Verdict.Repeats(0, 0, 0));
  }

  @Test
  void shouldFindALostRequestAndLostPoison() {
    publish("r-0", "k-0");
    publishPoison("r-1");

    assertThat(kinds()).containsExactly(Kind.LOST, Kind.LOST, Kind.KEY_WITHOUT_OUTCOME);
  }

  @Test
  void shouldFindARequestWithTwoResultsAndOneWithResultAndLetter() {
    publish("r-0", "k-0");
    publish("r-1", "k-0");
    succeed("r-0", "k-0");
    duplicate("r-1", "k-0", "r-0");
    duplicate("r-1", "k-0", "r-0");
    publish("r-2", "k-2");
    succeed("r-2", "k-2");
    letter("r-2", "k-2");

    assertThat(kinds())
        .containsExactlyInAnyOrder(
            Kind.RECORDED_TWICE, Kind.RECORDED_TWICE, Kind.KEY_WITH_TWO_OUTCOMES);
  }

  @Test
  void shouldFindAKeyWithTwoOutcomesOfTwoRequests() {
    publish("r-0", "k-0");
    publish("r-1", "k-0");
    succeed("r-0", "k-0");
    succeed("r-1", "k-0");

    assertThat(kinds()).containsExactly(Kind.KEY_WITH_TWO_OUTCOMES);
  }

  @Test
  void shouldFindADuplicateWhoseOriginalHasNoOutcome() {
    publish("r-0", "k-0");
    publish("r-1", "k-0");
    duplicate("r-0", "k-0", "r-1");
    duplicate("r-1", "k-0", "r-0");

    assertThat(kinds())
        .containsExactly(
            Kind.KEY_WITHOUT_OUTCOME, Kind.DUPLICATE_OF_NOTHING, Kind.DUPLICATE_OF_NOTHING);
  }

  @Test
  void shouldAcceptADuplicateOfADeadLetter() {
    publish("r-0", "k-0");
    publish("r-1", "k-0");
    letter("r-0", "k-0");
    duplicate("r-1", "k-0", "r-0");

    assertThat(kinds()).isEmpty();
  }

  @Test
  void shouldFindARequestThatWasRefusedAsPoison() {
    publish("r-0", "k-0");
    letter("r-0", null);

    assertThat(kinds()).containsExactly(Kind.WRONG_KEY, Kind.KEY_WITHOUT_OUTCOME);
  }

  @Test
  void shouldFindADuplicateThatWasRefusedAsPoison() {
    publish("r-0", "k-0");
    publish("r-1", "k-0");
    succeed("r-0", "k-0");
    letter("r-1", null);

    assertThat(kinds()).containsExactly(Kind.WRONG_KEY);
  }

  @Test
  void shouldFindAnOutcomeUnderTheKeyOfAnother() {
    publish("r-0", "k-0");
    publish("r-1", "k-1");
    succeed("r-0", "k-1");
    duplicate("r-1", "k-1", "r-0");

    assertThat(kinds()).containsExactly(Kind.WRONG_KEY, Kind.KEY_WITHOUT_OUTCOME);
  }

  @Test
  void shouldFindAnOutcomeOfWhatNobodyPublished() {
    succeed("r-9", "k-9");

    assertThat(kinds()).containsExactly(Kind.OUTCOME_OF_NOTHING);
  }

  @Test
  void shouldFindWhatWasSeenToGoWrongAlready() {
    seen.add(new Violation(Kind.GAVE_UP, "processor 1 ended by itself"));

    assertThat(kinds()).containsExactly(Kind.GAVE_UP);
  }

  @Test
  void shouldFindARunInWhichNothingWasTried() {
    published.clear();
    outcomes.clear();
    calls.clear();
    blows = new Toll(Map.of("fault", 3), List.of("kill processor 1: it is only starting"));

    assertThat(kinds()).containsExactly(Kind.NOTHING_TRIED, Kind.NOTHING_TRIED, Kind.NOTHING_TRIED);
  }
}
