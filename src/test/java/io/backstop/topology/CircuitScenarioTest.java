package io.backstop.topology;

import static io.backstop.topology.ActionScenario.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.backstop.action.ActionEvent;
import io.backstop.action.ActionRequest;
import io.backstop.action.ActionResult;
import io.backstop.action.Attempt;
import io.backstop.action.AttemptOutcome;
import io.backstop.action.Command;
import io.backstop.action.CommandStatus;
import io.backstop.action.DeadLetter;
import io.backstop.action.EventType;
import io.backstop.action.FailureClass;
import io.backstop.action.Outcome;
import io.backstop.action.PolicyOverrides;
import io.backstop.action.Priority;
import io.backstop.action.ResultStatus;
import io.backstop.action.StoreNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of requests while a circuit opens, is open, probes and closes. */
class CircuitScenarioTest {
  @TempDir private Path stateDir;
  private ActionScenario flow;

  @BeforeEach
  void start() {
    flow =
        new ActionScenario(
            stateDir.resolve("first"),
            "backstop.fallback.enabled",
            "false",
            "backstop.retry.max-attempts",
            "1",
            "backstop.circuit.failure-threshold",
            "3",
            "backstop.circuit.open-duration",
            "10s",
            "backstop.services.notion.max-concurrent-calls",
            "4",
            "backstop.services.trello.calls-per-second",
            "1000");
  }

  @AfterEach
  void stop() {
    flow.close();
  }

  @Test
  void shouldSendRequestsOnAtOnceWhileTheCircuitIsOpen() {
    open();

    flow.publish(request("r-9"));

    DeadLetter letter = last(flow.deadLetters());
    assertThat(letter.getFailureClass()).isEqualTo(FailureClass.CIRCUIT_OPEN);
    assertThat(letter.getReason()).contains("notion:createPage was not called", "circuit notion");
    assertThat(letter.getAttempts())
        .extracting(Attempt::getOutcome, Attempt::getFailureClass)
        .containsExactly(tuple(AttemptOutcome.REJECTED, FailureClass.CIRCUIT_OPEN));
    assertThat(flow.calls).hasSize(3);
    assertThat(flow.storedRecords(StoreNames.IN_FLIGHT)).isZero();
  }

  @Test
  void shouldSendOnWhatWaitedWhenTheCircuitOpens() {
    for (int i = 0; i < 20; i++) {
      flow.publish(request("r-" + i));
    }
    assertThat(flow.storedRecords(StoreNames.WAITING)).isEqualTo(16);
    for (int call = 0; call < 3; call++) {
      fail(flow.calls.get(call));
    }
    flow.tick();
    flow.tick();

    assertThat(flow.storedRecords(StoreNames.WAITING)).isZero();
    long started = flow.calls.size();
    for (ActionScenario.Call call : List.copyOf(flow.calls)) {
      if (!call.answer().isDone()) {
        call.succeed("{}");
      }
    }
    flow.tick();
    assertThat(flow.deadLetters().size() + flow.results().size()).isEqualTo(20);
    assertThat(flow.calls).hasSize((int) started);
  }

  @Test
  void shouldProbeByLiveRequestsWhereThereIsNoHealthCallAndClose() {
    open();
    flow.tick(Duration.ofSeconds(11));
    // its refusal says that there is demand, for which permits are granted
    flow.publish(request("r-10"));
    settle();

    flow.publish(request("r-11"));
    flow.publish(request("r-12"));
    flow.publish(request("r-13"));
    assertThat(flow.calls).as("two successes close, so two probes at a time").hasSize(5);
    flow.calls.get(3).succeed("{}");
    flow.calls.get(4).succeed("{}");
    settle();
    flow.publish(request("r-14"));

    assertThat(flow.calls).hasSize(6);
    assertThat(circuitEvents())
        .containsExactly(
            EventType.CIRCUIT_OPENED, EventType.CIRCUIT_HALF_OPEN, EventType.CIRCUIT_CLOSED);
  }

  @Test
  void shouldStayOpenOverARestartForTheTimeThatIsLeft() {
    open();
    flow = flow.restart(Duration.ofSeconds(2));
    flow.tick();
    flow.tick();

    flow.publish(request("r-20"));
    assertThat(flow.calls).isEmpty();
    assertThat(last(flow.deadLetters()).getFailureClass()).isEqualTo(FailureClass.CIRCUIT_OPEN);
    flow.tick(Duration.ofSeconds(9));
    settle();
    for (int i = 0; i < 5; i++) {
      flow.publish(request("r-3" + i));
    }

    assertThat(flow.calls).as("two successes close, so two probes at a time").hasSize(2);
  }

  @Test
  void shouldServeTheCachedResultWhileTheCircuitIsOpen() {
    flow.publish(cacheable("r-1", "key-1"));
    flow.calls.get(0).succeed("{\"id\":\"page-1\"}");
    flow.tick();
    for (int i = 0; i < 3; i++) {
      flow.publish(request("f-" + i));
      fail(last(flow.calls));
    }
    settle();
    flow.results();

    flow.publish(cacheable("r-2", "key-2"));

    ActionResult result = last(flow.results());
    assertThat(result.getRequestId()).isEqualTo("r-2");
    assertThat(result.getStatus()).isEqualTo(ResultStatus.SUCCEEDED);
    assertThat(result.getFromCache()).isTrue();
    assertThat(result.getCachedAgeMs()).isNotNegative();
    assertThat(result.getResponseData()).isEqualTo("{\"id\":\"page-1\"}");
    assertThat(result.getOriginalError()).contains("CIRCUIT_OPEN");
  }

  @Test
  void shouldObeyAnOperatorAndDoTheSameCommandOnce() {
    flow.command("c-1", "circuit.force-open", "trello");
    flow.command("c-1", "circuit.force-open", "trello");
    settle();
    flow.publish(request("r-1", "trello:createCard", Priority.MEDIUM));

    assertThat(flow.commandResults())
        .hasSize(2)
        .allSatisfy(answer -> assertThat(answer.getStatus()).isEqualTo(CommandStatus.DONE));
    assertThat(circuitEvents()).containsExactly(EventType.CIRCUIT_FORCED_OPEN);
    assertThat(flow.calls).isEmpty();

    flow.command("c-2", "circuit.reset", "trello");
    settle();
    flow.publish(request("r-2", "trello:createCard", Priority.MEDIUM));
    settle();

    assertThat(flow.calls).hasSize(1);
  }

  @Test
  void shouldTellOfChangedSettingsUnlessThatIsSwitchedOff() {
    flow.command(configure("notion", "timeout", "1s"));
    assertThat(flow.events()).extracting(ActionEvent::getType).contains(EventType.SETTINGS_CHANGED);
    flow.close();
    flow = new ActionScenario(stateDir.resolve("off"), "backstop.events.settings-changed", "false");

    flow.command(configure("notion", "timeout", "1s"));

    assertThat(flow.commandResults()).hasSize(1);
    assertThat(flow.events()).isEmpty();
  }

  @Test
  void shouldTakeOverChangedSettingsWithoutARestart() {
    flow.command(configure("notion", "max-concurrent-calls", "1"));
    settle();

    flow.publish(request("r-1"));
    flow.publish(request("r-2"));

    assertThat(flow.calls).hasSize(1);
    assertThat(flow.commandResults()).extracting("message").first().asString().contains("= 1");
  }

  @Test
  void shouldPauseTheServiceThatRefusesACallAsOneTooMany() {
    flow.publish(request("r-1"));
    flow.calls
        .get(0)
        .answer()
        .complete(
            new Outcome.Retryable(
                FailureClass.RATE_LIMITED,
                "slow down",
                OptionalInt.of(429),
                Optional.of(Duration.ofSeconds(5))));
    flow.tick();
    flow.publish(request("r-2"));
    flow.tick(Duration.ofMillis(4_800));

    assertThat(flow.calls).hasSize(1);
    flow.tick(Duration.ofMillis(400));
    assertThat(flow.calls).hasSize(2);
  }

  @Test
  void shouldEndAtItsDeadlineWhatWaitsForAPausedService() {
    flow.command(configure("trello", "calls-per-second", ""));
    settle();
    flow.publish(request("r-1"));
    flow.calls
        .get(0)
        .answer()
        .complete(
            new Outcome.Retryable(
                FailureClass.RATE_LIMITED,
                "slow down",
                OptionalInt.of(429),
                Optional.of(Duration.ofMinutes(10))));
    flow.tick();
    flow.publish(
        ActionRequest.newBuilder(request("r-2"))
            .setDeadline(ActionScenario.START.plusSeconds(30))
            .build());
    flow.publish(request("r-3"));
    flow.tick(Duration.ofSeconds(31));

    DeadLetter letter = last(flow.deadLetters());
    assertThat(letter.getRequest().getRequestId()).isEqualTo("r-2");
    assertThat(letter.getFailureClass()).isEqualTo(FailureClass.EXPIRED);
    flow.tick(Duration.ofMinutes(10));
    assertThat(flow.calls).extracting(call -> call.request().getRequestId()).contains("r-3");
    assertThat(flow.calls).extracting(call -> call.request().getRequestId()).doesNotContain("r-2");
  }

  @Test
  void shouldShareARateLimitOutBeforeTheFirstCall() {
    flow.publish(request("r-1", "trello:createCard", Priority.MEDIUM));

    assertThat(flow.calls).isEmpty();
    settle();
    assertThat(flow.calls).hasSize(1);
  }

  private static Command configure(String service, String key, String value) {
    return Command.newBuilder()
        .setCommandId("configure-" + service)
        .setName("circuit.configure")
        .setSubject(service)
        .setActor("ann")
        .setIssuedAt(ActionScenario.START)
        .setArguments(Map.of(key, value))
        .build();
  }

  private void open() {
    for (int i = 0; i < 3; i++) {
      flow.publish(request("f-" + i));
      fail(last(flow.calls));
    }
    // the coordinator waits for others to speak before it takes one instance for the only one
    flow.tick(Duration.ofSeconds(2));
    settle();
  }

  /** Lets signals and decisions go to and fro. */
  private void settle() {
    for (int i = 0; i < 30; i++) {
      flow.tick(Duration.ofMillis(10));
    }
  }

  private void fail(ActionScenario.Call call) {
    call.answer()
        .complete(
            new Outcome.Retryable(
                FailureClass.SERVER_ERROR, "down", OptionalInt.of(503), Optional.empty()));
    flow.tick();
  }

  private List<EventType> circuitEvents() {
    return flow.events().stream()
        .map(ActionEvent::getType)
        .filter(type -> type.name().startsWith("CIRCUIT"))
        .toList();
  }

  private static ActionRequest cacheable(String id, String key) {
    return ActionRequest.newBuilder(request("same"))
        .setRequestId(id)
        .setIdempotencyKey(key)
        .setPolicy(PolicyOverrides.newBuilder().setCacheKey("page").build())
        .build();
  }

  private static <T> T last(List<T> items) {
    assertThat(items).isNotEmpty();
    return items.get(items.size() - 1);
  }
}
