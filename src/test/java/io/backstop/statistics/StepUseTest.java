package io.backstop.statistics;

import static io.backstop.statistics.Samples.CSV;
import static io.backstop.statistics.Samples.PRIMARY;
import static io.backstop.statistics.Samples.TRELLO;
import static io.backstop.statistics.Samples.attempt;
import static io.backstop.statistics.Samples.dead;
import static io.backstop.statistics.Samples.doneBy;
import static io.backstop.statistics.Samples.result;
import static io.backstop.statistics.Samples.work;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.AttemptOutcome;
import io.backstop.action.Cascade;
import io.backstop.action.ResultStatus;
import io.backstop.action.TerminalOutcome;
import io.backstop.action.Work;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepUseTest {
  private static final List<String> STEPS = List.of(TRELLO, "google-tasks:create", CSV);

  @Test
  void shouldSeeNoneWhereTheCascadeNeverBegan() {
    Work direct = work(STEPS, -1);

    var done = new TerminalOutcome.Done(direct, result(direct).build());

    assertThat(StepUse.isNone(done)).isTrue();
    assertThat(StepUse.isNone(dead(direct))).isTrue();
  }

  @Test
  void shouldCountStepsBeforeTheOneThatDidItAsFailed() {
    var outcome = doneBy("google-tasks:create", work(STEPS, 1, TRELLO, "google-tasks:create"));

    assertThat(StepUse.isNone(outcome)).isFalse();
    assertThat(StepUse.of(outcome))
        .containsExactly(new StepUse(TRELLO, false), new StepUse("google-tasks:create", true));
  }

  @Test
  void shouldCountEveryTriedStepOfADeadLetterAsFailed() {
    var outcome = dead(work(STEPS, 2, TRELLO, "google-tasks:create", CSV));

    assertThat(StepUse.of(outcome))
        .containsExactly(
            new StepUse(TRELLO, false),
            new StepUse("google-tasks:create", false),
            new StepUse(CSV, false));
  }

  @Test
  void shouldNotCountAStepThatAPassedDeadlineKeptFromBeingTried() {
    var outcome = dead(work(STEPS, 1, TRELLO));

    assertThat(StepUse.of(outcome)).containsExactly(new StepUse(TRELLO, false));
  }

  @Test
  void shouldCountAStepTakenInPlaceOnlyWhenItEndedTheRequest() {
    List<String> steps = List.of("cached-result", "default-value", "dead-letter");

    assertThat(StepUse.of(doneBy("default-value", work(steps, 1))))
        .containsExactly(new StepUse("default-value", true));
    assertThat(StepUse.of(dead(work(steps, 2)))).isEmpty();
  }

  @Test
  void shouldCountTheQueueByItsParkedAttempt() {
    Cascade parked = Cascade.of(List.of("queue:high", CSV), "configuration").at(0).parkedAt(1);
    var attempts =
        List.of(
            attempt(PRIMARY, AttemptOutcome.TIMED_OUT),
            attempt("queue:retry", AttemptOutcome.PARKED),
            attempt(PRIMARY, AttemptOutcome.SUCCEEDED));

    var left = doneBy("queue:high", work(parked, attempts, List.of()));
    var exhausted = doneBy(CSV, work(parked.at(1), attempts, List.of()));

    assertThat(StepUse.of(left)).containsExactly(new StepUse("queue:high", true));
    assertThat(StepUse.of(exhausted))
        .containsExactly(new StepUse("queue:high", false), new StepUse(CSV, true));
  }

  @Test
  void shouldCountARequestThatWasSkippedBeforeAnyStep() {
    Work direct = work(STEPS, -1);
    var skipped =
        new TerminalOutcome.Done(direct, result(direct).setStatus(ResultStatus.SKIPPED).build());

    assertThat(StepUse.isNone(skipped)).isFalse();
    assertThat(StepUse.of(skipped)).containsExactly(new StepUse("skip", true));
  }

  @Test
  void shouldNameTheCacheWhereItAnsweredWithinTheCascade() {
    Work failing = work(List.of(TRELLO, "cached-result"), 1, TRELLO);
    var served = new TerminalOutcome.Done(failing, result(failing).setFromCache(true).build());

    assertThat(StepUse.of(served))
        .containsExactly(new StepUse(TRELLO, false), new StepUse("cached-result", true));
  }
}
