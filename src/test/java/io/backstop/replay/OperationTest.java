package io.backstop.replay;

import static io.backstop.replay.Samples.NOW;
import static io.backstop.replay.Samples.begun;
import static io.backstop.replay.Samples.report;
import static io.backstop.replay.Samples.selected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.backstop.action.DeskReport;
import io.backstop.action.KeptOperation;
import io.backstop.action.OperationKind;
import io.backstop.action.OperationPhase;
import io.backstop.action.OperationStatus;
import io.backstop.action.SelectedLetters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OperationTest {
  private static final Map<String, Long> TARGETS = Map.of("notion:createPage", 1L);

  private KeptOperation state;
  private final List<OperationEffect> effects = new ArrayList<>();

  private void replayOf(int... counts) {
    state = begun(OperationKind.REPLAY, null, true, 0.2, counts);
  }

  private void runningReplayOf(int... counts) {
    replayOf(counts);
    answered(counts);
  }

  private void runningWithoutRampOf(int... counts) {
    state = begun(OperationKind.REPLAY, null, false, 0.2, counts);
    answered(counts);
  }

  private void answered(int... counts) {
    for (int desk = 0; desk < counts.length; desk++) {
      reported(selected(desk, counts[desk], TARGETS));
    }
  }

  private void on(OperationEvent event) {
    Transition transition = Operation.apply(state, event, NOW);
    state = transition.state();
    effects.addAll(transition.effects());
  }

  private void reported(DeskReport report) {
    on(new OperationEvent.Reported(report));
  }

  private void due(long atMost) {
    on(new OperationEvent.Due(atMost, Optional.empty()));
  }

  private void due() {
    due(Long.MAX_VALUE);
  }

  /** One desk has replayed some, and they have ended so. */
  private void ended(int desk, int succeeded, int failedAgain) {
    int count = succeeded + failedAgain;
    reported(
        report(desk)
            .setReleased(count)
            .setChanged(count)
            .setSucceeded(succeeded)
            .setFailedAgain(failedAgain)
            .build());
  }

  private OperationStatus status() {
    return state.getStatus();
  }

  private OperationPhase phase() {
    return status().getPhase();
  }

  private long released() {
    return effects.stream()
        .mapToLong(each -> each instanceof OperationEffect.Released some ? some.count() : 0)
        .sum();
  }

  private boolean hasEnded() {
    return effects.contains(new OperationEffect.Ended());
  }

  @Test
  void shouldRunOnceEveryDeskHasAnsweredWithTheLettersThatWereCounted() {
    replayOf(2, 0, 1);

    reported(selected(0, 2, TARGETS));
    reported(selected(1, 0, Map.of()));
    assertThat(phase()).isEqualTo(OperationPhase.SELECTING);
    assertThat(status().getMessage())
        .isEqualTo("looks for 3 letters; the desk has not answered yet of partition 2");
    reported(selected(2, 1, TARGETS));

    assertThat(phase()).isEqualTo(OperationPhase.RUNNING);
    assertThat(status().getSelected()).isEqualTo(3);
    assertThat(status().getTargets()).containsExactly(Map.entry("notion:createPage", 2L));
  }

  @Test
  void shouldBeRefusedWhenTheDesksHaveFewerLettersThanWereCounted() {
    replayOf(10);

    reported(selected(0, 9, TARGETS));
    due();

    assertThat(phase()).isEqualTo(OperationPhase.REFUSED);
    assertThat(status().getMessage()).isEqualTo("selected 10, now 9: look at them again");
    assertThat(released()).isZero();
    assertThat(hasEnded()).isTrue();
  }

  @Test
  void shouldBeRefusedWhenTheDesksHaveAsManyOtherLetters() {
    replayOf(1, 1);

    reported(selected(0, 2, TARGETS));
    reported(selected(1, 0, TARGETS));

    assertThat(phase()).isEqualTo(OperationPhase.REFUSED);
    assertThat(status().getMessage()).isEqualTo("selected 2, now 2 others: look at them again");
  }

  @Test
  void shouldBeRefusedWhenADeskHasWrittenNoHash() {
    replayOf(1);

    reported(report(0).setSelected(new SelectedLetters(1L, "?", Map.of(), null)).build());

    assertThat(phase()).isEqualTo(OperationPhase.REFUSED);
  }

  @Test
  void shouldBeRefusedWithTheReasonOfADeskThatCannotDoIt() {
    replayOf(1, 1);

    reported(
        report(0)
            .setSelected(new SelectedLetters(0L, "", Map.of(), "there is no target x:y"))
            .build());

    assertThat(phase()).isEqualTo(OperationPhase.REFUSED);
    assertThat(status().getMessage()).isEqualTo("there is no target x:y");
  }

  @Test
  void shouldTakeTheFirstAnswerOfADeskOnly() {
    replayOf(1, 1);

    reported(selected(0, 1, TARGETS));
    reported(selected(0, 5, TARGETS));
    reported(selected(1, 1, TARGETS));

    assertThat(phase()).isEqualTo(OperationPhase.RUNNING);
    assertThat(status().getSelected()).isEqualTo(2);
  }

  @Test
  void shouldGoUpTheRampOnlyWhenAllOfAStageHasEnded() {
    runningReplayOf(200);

    due();
    due();
    assertThat(released()).isEqualTo(1);
    ended(0, 1, 0);
    due();
    ended(0, 9, 0);
    due();
    assertThat(released()).isEqualTo(11);
    assertThat(status().getStage()).isEqualTo(10);
    ended(0, 1, 0);
    due();

    assertThat(released()).isEqualTo(111);
    assertThat(status().getStage()).isEqualTo(100);
  }

  @Test
  void shouldWaitForOutcomesAndNotOnlyForTheDesksWord() {
    runningReplayOf(5);
    due();

    reported(report(0).setReleased(1).setChanged(1).build());
    due();

    assertThat(released()).isEqualTo(1);
  }

  @Test
  void shouldStopAtTheEndOfAStageWithTooManyFailures() {
    runningReplayOf(100);
    due();
    ended(0, 1, 0);
    due();

    ended(0, 7, 3);
    assertThat(phase()).isEqualTo(OperationPhase.RUNNING);
    due();

    assertThat(phase()).isEqualTo(OperationPhase.ABORTED);
    assertThat(status().getMessage())
        .isEqualTo(
            "3 of 11 replayed requests failed again, which is more than abort-above 0.2 allows");
    assertThat(released()).isEqualTo(11);
    assertThat(hasEnded()).isTrue();
    assertThat(status().getEndedAt()).isNotNull();
    assertThat(status().getStage()).isNull();
  }

  @Test
  void shouldStopWithoutARampAsSoonAsTwentyHaveEnded() {
    runningWithoutRampOf(1_000);
    due(100);

    ended(0, 14, 5);
    due(0);
    assertThat(phase()).isEqualTo(OperationPhase.RUNNING);
    ended(0, 1, 0);
    due(0);

    assertThat(phase()).isEqualTo(OperationPhase.ABORTED);
  }

  @Test
  void shouldStopInTheMidstOfALargeStage() {
    runningReplayOf(2_000);
    due();
    ended(0, 1, 0);
    due();
    ended(0, 10, 0);
    due();

    ended(0, 0, 9);
    due();

    assertThat(phase()).isEqualTo(OperationPhase.ABORTED);
  }

  @Test
  void shouldNotTakeSuppressedRequestsForSuccesses() {
    runningWithoutRampOf(1_000);
    due(100);
    ended(0, 15, 5);
    reported(report(0).setReleased(50).setChanged(50).setSuppressed(50).build());

    due(0);

    assertThat(phase()).isEqualTo(OperationPhase.ABORTED);
  }

  @Test
  void shouldGoOnWithAsManyFailuresAsAreAllowed() {
    runningWithoutRampOf(1_000);
    due(100);

    ended(0, 80, 20);
    due(100);

    assertThat(phase()).isEqualTo(OperationPhase.RUNNING);
    assertThat(released()).isEqualTo(200);
  }

  @Test
  void shouldCompleteThoughTheLastFailedBecauseNothingIsLeftToStop() {
    runningReplayOf(1);
    due();

    ended(0, 0, 1);

    assertThat(phase()).isEqualTo(OperationPhase.COMPLETED);
    assertThat(status().getFailedAgain()).isEqualTo(1);
  }

  @Test
  void shouldReleaseNothingWhenACircuitStandsInTheWayAtTheStart() {
    runningReplayOf(10);

    on(new OperationEvent.Due(Long.MAX_VALUE, Optional.of("the circuit of notion is OPEN")));

    assertThat(phase()).isEqualTo(OperationPhase.ABORTED);
    assertThat(status().getMessage()).isEqualTo("the circuit of notion is OPEN");
    assertThat(released()).isZero();
    assertThat(hasEnded()).isTrue();
  }

  @Test
  void shouldNotWaitForTheDesksWhenTheOnlyTargetIsKnownToBeInTheWay() {
    replayOf(10);

    on(new OperationEvent.Due(Long.MAX_VALUE, Optional.of("the circuit of google is OPEN")));

    assertThat(phase()).isEqualTo(OperationPhase.ABORTED);
    assertThat(hasEnded()).isTrue();
  }

  @Test
  void shouldBeCancelledWhileADeskDoesNotAnswer() {
    replayOf(1, 1);
    reported(selected(0, 1, TARGETS));

    on(new OperationEvent.Cancelled(" by ann"));
    reported(selected(1, 1, TARGETS));
    due();

    assertThat(phase()).isEqualTo(OperationPhase.CANCELLED);
    assertThat(hasEnded()).isTrue();
    assertThat(released()).isZero();
  }

  @Test
  void shouldEndACancelledOneOnlyWhenWhatWasReleasedIsAcknowledged() {
    runningWithoutRampOf(10);
    due(4);

    on(new OperationEvent.Cancelled(" by ann"));
    due();
    assertThat(hasEnded()).isFalse();
    assertThat(status().getEndedAt()).isNull();
    reported(report(0).setReleased(4).setChanged(3).setPassedOver(Map.of("GONE", 1L)).build());

    assertThat(hasEnded()).isTrue();
    assertThat(released()).isEqualTo(4);
    assertThat(status().getChanged()).isEqualTo(3);
    assertThat(status().getPassedOver()).containsExactly(Map.entry("GONE", 1L));
  }

  @Test
  void shouldCountOutcomesAfterItsEndWithoutEndingAgain() {
    runningWithoutRampOf(10);
    due(4);
    on(new OperationEvent.Cancelled(" by ann"));
    reported(report(0).setReleased(4).setChanged(4).build());
    effects.clear();

    reported(report(0).setSucceeded(3).setFailedAgain(1).build());

    assertThat(phase()).isEqualTo(OperationPhase.CANCELLED);
    assertThat(status().getSucceeded()).isEqualTo(3);
    assertThat(Counting.outstanding(state)).isZero();
    assertThat(effects).isEmpty();
  }

  @Test
  void shouldReleaseNothingWhilePausedAndGoOnWhenResumed() {
    runningWithoutRampOf(10);
    due(1);

    on(new OperationEvent.Paused(" by ann: lunch"));
    assertThat(status().getMessage()).isEqualTo("paused by ann: lunch");
    on(new OperationEvent.Due(5, Optional.of("the circuit of notion is OPEN")));
    assertThat(released()).isEqualTo(1);
    on(new OperationEvent.Resumed(" by ann"));
    due(2);

    assertThat(released()).isEqualTo(3);
  }

  @Test
  void shouldCompleteThoughPausedWhenNothingIsLeft() {
    runningWithoutRampOf(2);
    due();
    on(new OperationEvent.Paused(""));

    ended(0, 2, 0);

    assertThat(phase()).isEqualTo(OperationPhase.COMPLETED);
  }

  @Test
  void shouldChangeLettersInStepsWithoutWaitingForOutcomes() {
    state = begun(OperationKind.DISMISS, null, false, 1, 2_500);
    answered(2_500);

    due();
    assertThat(effects).hasSize(5).containsOnly(new OperationEffect.Released(0, 200));
    due();
    assertThat(released()).isEqualTo(1_000);
    reported(report(0).setReleased(1_000).setChanged(1_000).build());
    due();
    reported(
        report(0)
            .setReleased(1_000)
            .setChanged(900)
            .setPassedOver(Map.of("CHANGED", 100L))
            .build());
    due();
    reported(report(0).setReleased(500).setChanged(500).build());

    assertThat(phase()).isEqualTo(OperationPhase.COMPLETED);
    assertThat(status().getChanged()).isEqualTo(2_400);
    assertThat(status().getReleased()).isEqualTo(2_500);
  }

  @Test
  void shouldIgnoreReportsOfPartitionsThatItDoesNotHave() {
    replayOf(1);

    reported(selected(7, 1, TARGETS));
    reported(selected(-1, 1, TARGETS));

    assertThat(phase()).isEqualTo(OperationPhase.SELECTING);
  }

  @Test
  void shouldThrowAtAMoveThatThereIsNot() {
    replayOf(1);

    assertThatIllegalStateException()
        .isThrownBy(() -> on(new OperationEvent.Paused("")))
        .withMessage("an operation cannot go from SELECTING to PAUSED");
    assertThat(Operation.takes(phase(), new OperationEvent.Paused(""))).isFalse();
    assertThat(Operation.takes(phase(), new OperationEvent.Cancelled(""))).isTrue();
  }
}
