package io.backstop.topology;

import static io.backstop.topology.ActionScenario.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.backstop.action.ActionEvent;
import io.backstop.action.ActionRequest;
import io.backstop.action.ActionResult;
import io.backstop.action.Command;
import io.backstop.action.CommandResult;
import io.backstop.action.CommandStatus;
import io.backstop.action.DeadLetter;
import io.backstop.action.EventType;
import io.backstop.action.FailureClass;
import io.backstop.action.Outcome;
import io.backstop.action.PolicyOverrides;
import io.backstop.action.ResultStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Strategies that are set while the processor runs, and services that are skipped at once. */
class StrategyScenarioTest {
  @TempDir private Path stateDir;
  private ActionScenario flow;

  @BeforeEach
  void start() {
    flow = new ActionScenario(stateDir.resolve("first"), "backstop.retry.max-attempts", "1");
    fail(flow);
  }

  @AfterEach
  void stop() {
    flow.close();
  }

  @Test
  void shouldTakeTheStepsThatACommandHasSetAndThoseOfTheConfigurationAgain() {
    flow.command(set("default-value"));
    process(request("r-1"));
    flow = flow.restart(Duration.ofSeconds(1));
    fail(flow);
    process(request("r-2"));
    flow.command("c-2", "strategies.reset", "notion:createPage");
    process(request("r-3"));

    assertThat(flow.results())
        .extracting(ActionResult::getResponseData, ActionResult::getFallbackSource)
        .containsExactly(tuple("{\"id\":0}", "command"));
    assertThat(flow.deadLetters())
        .extracting(DeadLetter::getStepsSource)
        .containsExactly("configuration");
    assertThat(flow.events()).extracting(ActionEvent::getType).contains(EventType.SETTINGS_CHANGED);
  }

  @Test
  void shouldRefuseAStrategyThatCannotWorkAndKeepTheOldOne() {
    flow.command(set("csv:logg"));

    CommandResult answer = flow.commandResults().get(0);
    assertThat(answer.getStatus()).isEqualTo(CommandStatus.REFUSED);
    assertThat(answer.getMessage()).startsWith("steps: there is no step 'csv:logg'");
    assertThat(flow.events()).isEmpty();
  }

  @Test
  void shouldSkipAServiceThatFailsUntilItsFailuresAreCleared() {
    for (int each = 1; each <= 3; each++) {
      process(request("r-" + each));
    }
    process(skippable("r-4"));
    int callsBefore = flow.calls.size();

    flow.tick(Duration.ofSeconds(1));
    flow.tick(Duration.ofSeconds(1));
    flow.command("c-1", "failures.clear", "notion");
    process(skippable("r-5"));

    assertThat(callsBefore).as("calls of the first four").isEqualTo(3);
    assertThat(flow.results())
        .extracting(ActionResult::getStatus)
        .containsExactly(ResultStatus.SKIPPED, ResultStatus.SKIPPED);
    assertThat(flow.calls).as("called again, and failed").hasSize(4);
    assertThat(flow.commandResults().get(0).getAffected()).isEqualTo(3);
  }

  @Test
  void shouldSkipAServiceThatRefusesItsCredentials() {
    flow.answers.clear();
    flow.answers.add(
        call ->
            call.answer()
                .complete(
                    new Outcome.Permanent(
                        FailureClass.AUTHENTICATION, "no access", OptionalInt.of(401))));
    for (int each = 1; each <= 3; each++) {
      process(request("r-" + each));
    }

    process(skippable("r-4"));

    assertThat(flow.calls).hasSize(3);
    assertThat(flow.results())
        .extracting(ActionResult::getStatus)
        .containsExactly(ResultStatus.SKIPPED);
  }

  @Test
  void shouldSkipNothingAtOnceWhereFallbacksAreOff() {
    flow.close();
    flow =
        new ActionScenario(
            stateDir.resolve("off"),
            "backstop.retry.max-attempts",
            "1",
            "backstop.fallback.enabled",
            "false");
    fail(flow);
    for (int each = 1; each <= 3; each++) {
      process(request("r-" + each));
    }

    process(skippable("r-4"));

    assertThat(flow.calls).hasSize(4);
    assertThat(flow.results()).isEmpty();
    assertThat(flow.deadLetters()).hasSize(4);
  }

  private static void fail(ActionScenario next) {
    next.answers.add(
        call ->
            call.answer()
                .complete(
                    new Outcome.Retryable(
                        FailureClass.SERVER_ERROR,
                        "it is down",
                        OptionalInt.of(503),
                        Optional.empty())));
  }

  private void process(ActionRequest request) {
    flow.publish(request);
    flow.tick();
    flow.tick();
  }

  private static ActionRequest skippable(String id) {
    return ActionRequest.newBuilder(request(id))
        .setPolicy(PolicyOverrides.newBuilder().setAllowSkip(true).build())
        .build();
  }

  private static Command set(String steps) {
    return Command.newBuilder()
        .setCommandId("c-1")
        .setName("strategies.set")
        .setSubject("notion:createPage")
        .setActor("ann")
        .setIssuedAt(Instant.EPOCH)
        .setArguments(Map.of("steps", steps, "default-value", "{\"id\":0}"))
        .build();
  }
}
