package io.backstop.topology;

import static io.backstop.topology.ActionScenario.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionRequest;
import io.backstop.action.ActionResult;
import io.backstop.action.CommandStatus;
import io.backstop.action.DeadLetter;
import io.backstop.action.EventType;
import io.backstop.action.FailureClass;
import io.backstop.action.Lineage;
import io.backstop.action.Outcome;
import io.backstop.action.PayloadFamily;
import io.backstop.action.PolicyOverrides;
import io.backstop.action.Priority;
import io.backstop.action.ResultStatus;
import io.backstop.action.StoreNames;
import io.backstop.executor.ActionExecutor;
import io.backstop.executor.CallContext;
import io.backstop.executor.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Work for a target that an operator has paused. */
class PauseScenarioTest {
  private static final String PAGE = "notion:createPage";
  private static final String CARD = "trello:createCard";
  private static final Outcome AWAY =
      new Outcome.Retryable(
          FailureClass.SERVER_ERROR, "down", OptionalInt.of(503), Optional.empty());

  /** Another target of the service whose target is paused; answers at once. */
  private static final class Comment implements ActionExecutor {
    @Override
    public Target target() {
      return new Target("notion:comment", PayloadFamily.TASK);
    }

    @Override
    public CompletionStage<Outcome> execute(ActionRequest request, CallContext context) {
      return CompletableFuture.completedFuture(new Outcome.Succeeded("{}", OptionalInt.of(200)));
    }
  }

  @TempDir private Path stateDir;
  private ActionScenario flow;

  @BeforeEach
  void start() {
    flow =
        new ActionScenario(
            stateDir.resolve("first"),
            List.of(new Comment()),
            "backstop.services.notion.max-concurrent-calls",
            "2",
            "backstop.fallback.targets.trello:createCard.container",
            "list");
  }

  @AfterEach
  void stop() {
    flow.close();
  }

  @Test
  void shouldStartNoCallUntilTheTargetIsResumed() {
    pause(PAGE);
    flow.publish(request("r-1"));
    flow.tick(Duration.ofMinutes(1));

    assertThat(flow.calls).isEmpty();
    assertThat(flow.storedRecords(StoreNames.IN_FLIGHT)).isEqualTo(1);
    resume(PAGE);
    flow.calls.get(0).succeed("{}");
    flow.tick();
    assertThat(only(flow.results()).getStatus()).isEqualTo(ResultStatus.SUCCEEDED);
    assertThat(flow.storedRecords(StoreNames.IN_FLIGHT)).isZero();
    assertThat(flow.storedRecords(StoreNames.WAITING)).isZero();
  }

  @Test
  void shouldAnswerTheCommandsAndTellOfTheChange() {
    pause(PAGE);
    flow.command("c-2", "targets.pause", "notion:createPgae");

    var answers = flow.commandResults();
    assertThat(answers.get(0).getStatus()).isEqualTo(CommandStatus.DONE);
    assertThat(answers.get(1).getStatus()).isEqualTo(CommandStatus.REFUSED);
    assertThat(answers.get(1).getMessage()).contains("did you mean notion:createPage?");
    var event = only(flow.events());
    assertThat(event.getType()).isEqualTo(EventType.SETTINGS_CHANGED);
    assertThat(event.getScope()).isEqualTo(PAGE);
  }

  @Test
  void shouldLetOtherTargetsOfTheSameServiceGoOn() {
    for (int i = 0; i < 5; i++) {
      flow.publish(request("before-" + i));
    }
    pause(PAGE);
    for (int i = 0; i < 5; i++) {
      flow.publish(request("after-" + i));
    }
    flow.publish(request("comment", "notion:comment", Priority.LOW));
    flow.calls.get(0).succeed("{}");
    flow.tick();
    flow.tick();

    assertThat(flow.results())
        .extracting(ActionResult::getExecutedBy)
        .contains("notion:comment", PAGE);
    assertThat(flow.calls).hasSize(2);
    flow.publish(request("another", "notion:comment", Priority.LOW));
    assertThat(only(flow.results()).getRequestId()).isEqualTo("another");
  }

  @Test
  void shouldTakeTheResultsOfCallsInFlight() {
    flow.publish(request("r-1"));
    pause(PAGE);

    flow.calls.get(0).succeed("{}");
    flow.tick();

    assertThat(only(flow.results()).getStatus()).isEqualTo(ResultStatus.SUCCEEDED);
  }

  @Test
  void shouldStartWhatWaitedByPriorityAndArrivalOnceResumed() {
    flow.publish(request("busy-1"));
    flow.publish(request("busy-2"));
    flow.publish(request("first", PAGE, Priority.MEDIUM));
    pause(PAGE);
    flow.publish(request("low", PAGE, Priority.LOW));
    flow.publish(request("second", PAGE, Priority.MEDIUM));
    flow.publish(request("high", PAGE, Priority.HIGH));
    flow.calls.get(0).succeed("{}");
    flow.calls.get(1).succeed("{}");
    flow.tick();
    flow.tick();
    flow.publish(request("third", PAGE, Priority.MEDIUM));
    assertThat(flow.calls).hasSize(2);

    resume(PAGE);
    for (int next = 2; next < flow.calls.size(); next++) {
      flow.calls.get(next).succeed("{}");
      flow.tick();
    }

    assertThat(started())
        .containsExactly("busy-1", "busy-2", "high", "first", "second", "third", "low");
  }

  @Test
  void shouldEndWhatWaitsAtItsDeadline() {
    pause(PAGE);
    flow.publish(
        ActionRequest.newBuilder(request("r-1"))
            .setDeadline(ActionScenario.START.plusSeconds(10))
            .build());
    flow.tick(Duration.ofSeconds(11));

    DeadLetter letter = only(flow.deadLetters());
    assertThat(letter.getFailureClass()).isEqualTo(FailureClass.EXPIRED);
    assertThat(flow.storedRecords(StoreNames.IN_FLIGHT)).isZero();
    assertThat(flow.storedRecords(StoreNames.WAITING)).isZero();
    resume(PAGE);
    assertThat(flow.calls).isEmpty();
  }

  @Test
  void shouldFindHeldWorkAndItsPauseAgainAfterARestart() {
    flow.publish(request("interrupted"));
    pause(PAGE);
    flow.publish(request("r-1"));
    flow.publish(request("r-2", PAGE, Priority.HIGH));

    flow = flow.restart(Duration.ofSeconds(3));
    flow.tick();
    flow.tick(Duration.ofMinutes(1));

    assertThat(flow.calls).isEmpty();
    flow = flow.restart(Duration.ofSeconds(3));
    flow.tick();
    resume(PAGE);
    flow.calls.get(0).succeed("{}");
    flow.tick();
    assertThat(started()).startsWith("r-2").hasSize(3);
    for (int next = 1; next < 3; next++) {
      flow.calls.get(next).succeed("{}");
    }
    flow.tick();
    assertThat(flow.results())
        .extracting(result -> result.getAttempts().size())
        .containsExactlyInAnyOrder(2, 1, 1);
    assertThat(flow.storedRecords(StoreNames.IN_FLIGHT)).isZero();
    assertThat(flow.storedRecords(StoreNames.WAITING)).isZero();
  }

  @Test
  void shouldLetGoWhatWasResumedWhileNoInstanceRan() {
    pause(PAGE);
    flow.publish(request("r-1"));
    resume(PAGE);

    flow = flow.restart(Duration.ofSeconds(3));
    flow.tick();
    flow.tick();

    assertThat(started()).containsExactly("r-1");
  }

  @Test
  void shouldWaitAtAFallbackStepThatIsPaused() {
    flow.publish(withSteps(CARD));
    pause(CARD);

    flow.calls
        .get(0)
        .answer()
        .complete(
            new Outcome.Permanent(
                FailureClass.AUTHENTICATION, "token revoked", OptionalInt.of(401)));
    flow.tick(Duration.ofMinutes(1));

    assertThat(flow.calls).hasSize(1);
    assertThat(flow.deadLetters()).isEmpty();
    resume(CARD);
    flow.calls.get(1).succeed("{}");
    flow.tick();
    assertThat(only(flow.results()).getExecutedBy()).isEqualTo(CARD);
  }

  @Test
  void shouldNotRetryACallThatFailedBeforeThePause() {
    flow.publish(request("r-1"));
    flow.calls.get(0).answer().complete(AWAY);
    flow.tick();
    pause(PAGE);

    flow.tick(Duration.ofMinutes(1));

    assertThat(flow.calls).hasSize(1);
    resume(PAGE);
    assertThat(flow.calls.get(1).context().attempt()).isEqualTo(2);
    flow.calls.get(1).succeed("{}");
    flow.tick();
    assertThat(only(flow.results()).getAttempts()).hasSize(2);
  }

  @Test
  void shouldLetWorkWaitThoughTheCircuitIsOpen() {
    pause(PAGE);
    flow.command("open", "circuit.force-open", "notion");
    flow.publish(request("r-1"));
    flow.tick(Duration.ofMinutes(1));

    assertThat(flow.deadLetters()).isEmpty();
    assertThat(flow.storedRecords(StoreNames.IN_FLIGHT)).isEqualTo(1);
    flow.command("closed", "circuit.reset", "notion");
    resume(PAGE);
    assertThat(started()).containsExactly("r-1");
  }

  @Test
  void shouldHoldReplayedWorkAndLetItGoBehindLiveWork() {
    pause(PAGE);
    flow.replay(
        request("replayed", PAGE, Priority.HIGH),
        new Lineage("op", 1, Optional.empty(), Optional.empty(), 0, false));
    flow.publish(request("live", PAGE, Priority.MEDIUM));

    resume(PAGE);

    assertThat(started()).containsExactly("live", "replayed");
  }

  @Test
  void shouldRecogniseDuplicatesOfWhatIsHeld() {
    pause(PAGE);
    flow.publish(request("r-1"));

    flow.publish(ActionRequest.newBuilder(request("r-1")).setRequestId("r-2").build());

    ActionResult result = only(flow.results());
    assertThat(result.getStatus()).isEqualTo(ResultStatus.DUPLICATE_IN_FLIGHT);
    assertThat(result.getDuplicateOf()).isEqualTo("r-1");
  }

  @Test
  void shouldWriteNothingWhileWorkIsHeld() {
    pause(PAGE);
    for (int i = 0; i < 50; i++) {
      flow.publish(request("r-" + i));
    }
    flow.tick();
    var changes =
        flow.driver.createOutputTopic(
            "scenario-in-flight-changelog",
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    assertThat(changes.readRecordsToList()).hasSizeGreaterThanOrEqualTo(50);

    for (int i = 0; i < 100; i++) {
      flow.tick(Duration.ofSeconds(1));
    }

    assertThat(changes.isEmpty()).isTrue();
  }

  private ActionRequest withSteps(String... steps) {
    return ActionRequest.newBuilder(request("r-1"))
        .setPolicy(PolicyOverrides.newBuilder().setFallbackSteps(List.of(steps)).build())
        .build();
  }

  private void pause(String target) {
    flow.command("pause-" + target, "targets.pause", target);
    flow.tick();
  }

  private void resume(String target) {
    flow.command("resume-" + target, "targets.resume", target);
    flow.tick();
  }

  private List<String> started() {
    return flow.calls.stream().map(call -> call.request().getRequestId()).toList();
  }

  private static <T> T only(List<T> items) {
    assertThat(items).hasSize(1);
    return items.get(0);
  }
}
