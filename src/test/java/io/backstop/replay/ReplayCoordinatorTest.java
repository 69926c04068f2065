package io.backstop.replay;

import static io.backstop.replay.ReplayScenario.WINDOW;
import static io.backstop.replay.ReplayScenario.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.backstop.action.CircuitState;
import io.backstop.action.CommandResult;
import io.backstop.action.CommandStatus;
import io.backstop.action.DeskOrder;
import io.backstop.action.OperationKind;
import io.backstop.action.OperationPhase;
import io.backstop.action.OperationStatus;
import io.backstop.action.SelectedLetters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.KeyValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReplayCoordinatorTest {
  private static final Map<String, String> NO_RAMP = Map.of("ramp", "false");

  @TempDir private Path stateDir;
  private ReplayScenario scenario;

  @BeforeEach
  void start() {
    scenario = new ReplayScenario(stateDir.resolve("first"));
  }

  @AfterEach
  void stop() {
    scenario.close();
  }

  private CommandResult onlyResult() {
    List<CommandResult> results = scenario.results();
    assertThat(results).hasSize(1);
    return results.get(0);
  }

  @Test
  void shouldAcceptAReplayAndHaveEveryDeskLookForItsLetters() {
    scenario.replay("op", Map.of("max-generation", "3"), 2, 1);

    CommandResult answer = onlyResult();
    assertThat(answer.getStatus()).isEqualTo(CommandStatus.ACCEPTED);
    assertThat(answer.getCommandId()).isEqualTo("op");
    assertThat(answer.getDetails()).contains(entry("phase", "SELECTING"));
    assertThat(scenario.orders).hasSize(1);
    assertThat(scenario.orders.get(0).desks()).containsExactlyInAnyOrder(0, 1);
    DeskOrder order = scenario.orders.get(0).order();
    assertThat(order.getOperationId()).isEqualTo("op");
    assertThat(order.getSelect().getSelection().getCount()).isEqualTo(3);
    assertThat(order.getSelect().getPlan().getKind()).isEqualTo(OperationKind.REPLAY);
    assertThat(order.getSelect().getPlan().getMaxGeneration()).isEqualTo(3);
    assertThat(order.getSelect().getPlan().getActor()).isEqualTo("ann");
  }

  @Test
  void shouldReplayAllOfItAndAnswerAgainAtTheEnd() {
    scenario.run("op", Map.of(), 2, 1);
    scenario.results();

    scenario.tick();
    assertThat(scenario.released("op")).isEqualTo(1);
    scenario.succeed("op", 0, 1);
    scenario.tick();
    assertThat(scenario.released("op")).isEqualTo(3);
    scenario.report(of("op", 0).setReleased(1).setPassedOver(Map.of("CHANGED", 1L)).build());
    scenario.succeed("op", 1, 1);

    CommandResult answer = onlyResult();
    assertThat(answer.getCommandId()).isEqualTo("op");
    assertThat(answer.getName()).isEqualTo("replay.start");
    assertThat(answer.getStatus()).isEqualTo(CommandStatus.DONE);
    assertThat(answer.getAffected()).isEqualTo(2);
    assertThat(answer.getMessage())
        .isEqualTo(
            "COMPLETED: all 3 letters are worked on (3 selected, 2 replayed, 1 passed over;"
                + " 2 succeeded, 0 failed again, 0 suppressed)");
    assertThat(answer.getDetails())
        .contains(
            entry("phase", "COMPLETED"),
            entry("selected", "3"),
            entry("changed", "2"),
            entry("passedOver.CHANGED", "1"),
            entry("succeeded", "2"));
    var last = scenario.orders.get(scenario.orders.size() - 1);
    assertThat(last.order().getEnd()).isTrue();
    assertThat(last.desks()).isEqualTo(Set.of(0, 1));
    assertThat(scenario.lastState().getPhase()).isEqualTo(OperationPhase.COMPLETED);
  }

  @Test
  void shouldRefuseWhenTheLettersAreOthersByNow() {
    scenario.replay("op", Map.of(), 10, 0);
    scenario.results();

    scenario.select("op", "notion:createPage", 9, 0);
    scenario.tick();

    CommandResult answer = onlyResult();
    assertThat(answer.getStatus()).isEqualTo(CommandStatus.REFUSED);
    assertThat(answer.getMessage()).isEqualTo("selected 10, now 9: look at them again");
    assertThat(answer.getAffected()).isZero();
    assertThat(scenario.released("op")).isZero();
    assertThat(scenario.orders.get(1).order().getEnd()).isTrue();
  }

  @Test
  void shouldNotStartTwiceUnderOneIdHoweverOldItsAnswerIs() {
    scenario.replay("op", Map.of(), 1, 0);
    scenario.replay("op", Map.of(), 1, 0);

    assertThat(scenario.results())
        .extracting(CommandResult::getStatus)
        .containsExactly(CommandStatus.ACCEPTED, CommandStatus.ACCEPTED);
    assertThat(scenario.orders).hasSize(1);
    scenario.command("replay.cancel", "op");
    scenario.results();
    scenario.replay("op", Map.of(), 1, 0);
    assertThat(onlyResult().getStatus()).isEqualTo(CommandStatus.DONE);
  }

  @Test
  void shouldKeepTheRateOfTheWholeFleet() {
    scenario.run("op", Map.of("ramp", "false", "rate", "2"), 10, 10);

    for (int tick = 0; tick < 30; tick++) {
      scenario.tick();
      for (int desk = 0; desk < 2; desk++) {
        scenario.succeed("op", desk, 0);
      }
    }

    assertThat(scenario.released("op")).isEqualTo(6);
  }

  @Test
  void shouldHaveNoMoreUnderWayThanTheWindowAllowsWhateverReplaysThereAre() {
    scenario.run("a", NO_RAMP, 100, 0);
    scenario.run("b", NO_RAMP, 100, 0);

    scenario.tick();
    assertThat(scenario.released("a")).isEqualTo(WINDOW / 2);
    assertThat(scenario.released("b")).isEqualTo(WINDOW / 2);
    scenario.report(of("a", 0).setReleased(15).setChanged(15).setSucceeded(5).build());
    scenario.tick();

    assertThat(scenario.released("a") + scenario.released("b")).isEqualTo(WINDOW + 5);
  }

  @Test
  void shouldLeaveTheWindowToOthersWhenAReplayIsPaused() {
    scenario.run("a", NO_RAMP, 100, 0);
    scenario.run("b", NO_RAMP, 100, 0);
    scenario.command("replay.pause", "a");

    scenario.tick();

    assertThat(scenario.released("a")).isZero();
    assertThat(scenario.released("b")).isEqualTo(WINDOW);
  }

  @Test
  void shouldCountWhatIsUnderWayOfCancelledReplaysToo() {
    scenario.run("a", NO_RAMP, 100, 0);
    scenario.tick();
    scenario.report(of("a", 0).setReleased(WINDOW).setChanged(WINDOW).build());
    scenario.command("replay.cancel", "a");
    scenario.run("b", NO_RAMP, 100, 0);

    scenario.pass(Duration.ofMillis(300));
    assertThat(scenario.released("b")).isZero();
    assertThat(scenario.lastState().getMessage())
        .startsWith("waits: as many replayed requests of other operations are under way");
    scenario.report(of("a", 0).setSucceeded(10).build());
    scenario.pass(Duration.ofMillis(300));

    assertThat(scenario.released("b")).isEqualTo(10);
    assertThat(
            scenario.states().stream()
                .filter(each -> each.key.equals("operation:b"))
                .reduce((before, after) -> after)
                .flatMap(each -> each.value)
                .map(OperationStatus::getMessage))
        .contains("");
  }

  @Test
  void shouldSayWhatItWaitsForAndWhatIsInTheWay() {
    scenario.run("a", NO_RAMP, 3, 0);
    scenario.tick();
    scenario.report(of("a", 0).setReleased(3).setChanged(3).setSucceeded(1).build());

    scenario.pass(Duration.ofMillis(300));
    assertThat(scenario.lastState().getMessage()).isEqualTo("waits for the outcomes of 2 requests");

    scenario.pauseTarget("notion:createPage");
    scenario.report(of("a", 0).setSucceeded(1).build());
    scenario.pass(Duration.ofMillis(300));
    OperationStatus waiting = scenario.lastState();
    assertThat(waiting.getPhase()).isEqualTo(OperationPhase.RUNNING);
    assertThat(waiting.getMessage())
        .isEqualTo("waits for the outcome of 1 request: target notion:createPage is paused");

    scenario.report(of("a", 0).setSucceeded(1).build());
    scenario.pass(Duration.ofMillis(300));
    assertThat(scenario.lastState().getMessage()).isEqualTo("all 3 letters are worked on");
  }

  @Test
  void shouldSayThatAStageOfTheRampWaits() {
    scenario.run("a", Map.of(), 3, 0);
    scenario.tick();
    scenario.report(of("a", 0).setReleased(1).setChanged(1).build());

    scenario.pass(Duration.ofMillis(300));
    assertThat(scenario.lastState().getMessage()).isEqualTo("waits for the outcome of 1 request");

    scenario.report(of("a", 0).setSucceeded(1).build());
    scenario.tick();
    assertThat(scenario.released("a")).isEqualTo(3);
  }

  @Test
  void shouldNotWaitForEverForReplaysThatAreParked() {
    scenario.run("a", NO_RAMP, 100, 0);
    scenario.tick();
    scenario.report(of("a", 0).setReleased(WINDOW).setChanged(WINDOW).build());
    scenario.command("replay.cancel", "a");
    scenario.run("b", NO_RAMP, 100, 0);

    scenario.pass(Duration.ofMinutes(59));
    assertThat(scenario.released("b")).isZero();
    scenario.pass(Duration.ofMinutes(1));

    assertThat(scenario.released("b")).isEqualTo(WINDOW);
  }

  @ParameterizedTest
  @EnumSource(
      value = CircuitState.class,
      names = {"OPEN", "HALF_OPEN", "FORCED_OPEN"})
  void shouldReleaseNothingWhenACircuitIsNotClosedAtTheStart(CircuitState state) {
    scenario.circuit("notion", state);
    scenario.run("op", Map.of(), 5, 0);
    scenario.results();

    scenario.tick();

    CommandResult answer = onlyResult();
    assertThat(answer.getStatus()).isEqualTo(CommandStatus.DONE);
    assertThat(answer.getDetails()).contains(entry("phase", "ABORTED"));
    assertThat(answer.getMessage())
        .startsWith("ABORTED: the circuit of notion is " + state + ", so its calls would be");
    assertThat(scenario.released("op")).isZero();
  }

  @ParameterizedTest
  @EnumSource(
      value = CircuitState.class,
      names = {"CLOSED", "DISABLED"})
  void shouldGoOnWithACircuitThatLetsCallsThrough(CircuitState state) {
    scenario.circuit("notion", state);
    scenario.circuit("slack", CircuitState.OPEN);
    scenario.run("op", Map.of(), 5, 0);

    scenario.tick();

    assertThat(scenario.released("op")).isEqualTo(1);
  }

  @Test
  void shouldStopWhenACircuitOpensOnTheWay() {
    scenario.run("op", NO_RAMP, 100, 0);
    scenario.tick();
    scenario.results();

    scenario.circuit("notion", CircuitState.OPEN);
    scenario.tick();
    assertThat(scenario.results()).isEmpty();
    scenario.report(of("op", 0).setReleased(WINDOW).setChanged(WINDOW).build());

    assertThat(onlyResult().getMessage()).startsWith("ABORTED: the circuit of notion is OPEN");
    assertThat(scenario.released("op")).isEqualTo(WINDOW);
  }

  @Test
  void shouldLookOnlyAtTheCircuitOfTheTargetThatAllGoTo() {
    scenario.circuit("notion", CircuitState.OPEN);
    scenario.replay("op", Map.of("to", "google-tasks:create"), 5, 0);
    scenario.select("op", "google-tasks:create", 5, 0);

    scenario.tick();
    assertThat(scenario.released("op")).isEqualTo(1);
    scenario.circuit("google-tasks", CircuitState.OPEN);
    scenario.succeed("op", 0, 1);
    scenario.tick();

    assertThat(scenario.lastState().getPhase()).isEqualTo(OperationPhase.ABORTED);
  }

  @Test
  void shouldDismissWhateverTheCircuitsAre() {
    scenario.circuit("notion", CircuitState.OPEN);
    scenario.send(
        Samples.command("op", "letters.dismiss")
            .setSelection(Samples.selection(Samples.ids(0, 3)))
            .build());
    scenario.select("op", "notion:createPage", 3, 0);
    scenario.results();

    scenario.tick();
    scenario.report(of("op", 0).setReleased(3).setChanged(3).build());

    CommandResult answer = onlyResult();
    assertThat(answer.getName()).isEqualTo("letters.dismiss");
    assertThat(answer.getStatus()).isEqualTo(CommandStatus.DONE);
    assertThat(answer.getAffected()).isEqualTo(3);
    assertThat(answer.getMessage())
        .isEqualTo("COMPLETED: all 3 letters are worked on (3 selected, 3 changed, 0 passed over)");
  }

  @Test
  void shouldPauseResumeAndCancelByCommand() {
    scenario.run("op", NO_RAMP, 100, 0);
    scenario.results();

    scenario.command("replay.pause", "op");
    scenario.tick();
    assertThat(onlyResult().getMessage()).isEqualTo("operation op is PAUSED");
    assertThat(scenario.released("op")).isZero();
    assertThat(scenario.lastState().getMessage()).isEqualTo("paused by ann: drill");
    scenario.command("replay.resume", "op");
    scenario.tick();
    assertThat(onlyResult().getStatus()).isEqualTo(CommandStatus.DONE);
    assertThat(scenario.released("op")).isEqualTo(WINDOW);
    scenario.command("replay.cancel", "op");
    assertThat(onlyResult().getMessage()).isEqualTo("operation op is CANCELLED");
    scenario.report(of("op", 0).setReleased(WINDOW).setChanged(WINDOW).build());

    assertThat(onlyResult().getMessage()).startsWith("CANCELLED: cancelled by ann: drill (");
  }

  @Test
  void shouldRefuseACommandThatItsOperationDoesNotTake() {
    scenario.replay("op", Map.of(), 1, 0);
    scenario.results();

    scenario.command("replay.pause", "op");
    scenario.command("replay.resume", "other");
    scenario.command("replay.cancel", "");

    assertThat(scenario.results())
        .extracting(CommandResult::getMessage)
        .containsExactly(
            "operation op is SELECTING, so replay.pause does nothing",
            "there is no operation 'other': under way are op",
            "subject is empty: give the id of an operation; under way are op");
  }

  @Test
  void shouldSayWhichDesksHaveNotAnsweredAndBeCancelledThen() {
    scenario.replay("op", Map.of(), 1, 1);
    scenario.report(
        of("op", 0)
            .setSelected(
                new SelectedLetters(
                    1L, Samples.set(Samples.ids(0, 1)).hash(), Map.of("a:b", 1L), null))
            .build());
    scenario.pass(Duration.ofMinutes(5));
    assertThat(scenario.lastState().getMessage())
        .isEqualTo("looks for 2 letters; the desk has not answered yet of partition 1");
    scenario.results();

    scenario.command("replay.cancel", "op");

    assertThat(scenario.results())
        .extracting(CommandResult::getCommandId)
        .containsExactly("op", "c-replay.cancel");
  }

  @Test
  void shouldTellChangesEveryQuarterOfASecondAtMostAndNothingElse() {
    scenario.run("op", Map.of("ramp", "false", "rate", "1000"), 100, 100);
    for (int tick = 0; tick < 20; tick++) {
      scenario.tick();
      scenario.report(of("op", 0).setReleased(1).setChanged(1).build());
    }
    assertThat(scenario.states().size()).isBetween(5, 8);
    scenario.pass(Duration.ofSeconds(1));
    scenario.states();

    scenario.pass(Duration.ofSeconds(10));

    assertThat(scenario.states()).isEmpty();
  }

  @Test
  void shouldTellOutcomesThatComeAfterTheEnd() {
    scenario.run("op", NO_RAMP, 10, 0);
    scenario.tick();
    scenario.command("replay.cancel", "op");
    scenario.report(of("op", 0).setReleased(10).setChanged(10).build());
    scenario.results();

    scenario.report(of("op", 0).setSucceeded(9).setFailedAgain(1).build());
    scenario.tick();

    OperationStatus last = scenario.lastState();
    assertThat(last.getSucceeded()).isEqualTo(9);
    assertThat(last.getFailedAgain()).isEqualTo(1);
    assertThat(scenario.results()).isEmpty();
  }

  @Test
  void shouldGoOnAfterARestartWhereItWas() {
    scenario.run("op", Map.of(), 20, 0);
    scenario.tick();
    scenario = scenario.restart();

    scenario.tick();
    assertThat(scenario.lastState().getPhase()).isEqualTo(OperationPhase.RUNNING);
    assertThat(scenario.released("op")).isZero();
    scenario.succeed("op", 0, 1);
    scenario.tick();
    assertThat(scenario.released("op")).isEqualTo(10);
    scenario.succeed("op", 0, 10);
    scenario.tick();
    scenario.succeed("op", 0, 9);

    CommandResult answer = onlyResult();
    assertThat(answer.getStatus()).isEqualTo(CommandStatus.DONE);
    assertThat(answer.getAffected()).isEqualTo(20);
  }

  @Test
  void shouldRefuseMoreThanTenAtATime() {
    for (int count = 0; count < 10; count++) {
      scenario.replay("op-" + count, Map.of(), 1, 0);
    }
    scenario.results();

    scenario.replay("late", Map.of(), 1, 0);
    assertThat(onlyResult().getStatus()).isEqualTo(CommandStatus.REFUSED);
    scenario.command("replay.cancel", "op-3");
    scenario.results();
    scenario.replay("late", Map.of(), 1, 0);

    assertThat(onlyResult().getStatus()).isEqualTo(CommandStatus.ACCEPTED);
  }

  @Test
  void shouldKeepTheLastFiftyThatHaveEnded() {
    for (int count = 0; count < 52; count++) {
      scenario.replay("op-" + count, Map.of(), 1, 0);
      scenario.pass(Duration.ofMillis(300));
      scenario.command("replay.cancel", "op-" + count);
    }

    assertThat(scenario.stored()).isEqualTo(50);
    assertThat(scenario.states().stream().filter(each -> each.value.isEmpty()))
        .containsExactly(
            KeyValue.pair("operation:op-0", Optional.empty()),
            KeyValue.pair("operation:op-1", Optional.empty()));
  }

  @Test
  void shouldLeaveReportsOfOperationsAloneThatItDoesNotKnow() {
    scenario.report(of("gone", 0).setReleased(3).build());
    scenario.tick();

    assertThat(scenario.stored()).isZero();
    assertThat(scenario.states()).isEmpty();
  }
}
