package io.backstop.fallback;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionRequest;
import io.backstop.action.Cascade;
import io.backstop.action.FailureClass;
import io.backstop.action.FleetState;
import io.backstop.action.PolicyOverrides;
import io.backstop.action.QueryPayload;
import io.backstop.action.Strategy;
import io.backstop.fallback.StrategyInForce.Origin;
import io.backstop.testing.TestConfig;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrategiesTest {
  private static final String PAGE = "notion:createPage";
  private static final String OWN = "backstop.fallback.strategies.\"notion:createPage\".";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          notion:createPage  | trello:createCard, google-tasks:create, csv:log
          notion:updatePage  | queue:retry, csv:log
          notion:query       | cached-result, default-value
          trello:createCard  | google-tasks:create, csv:log
          slack:postMessage  | email:notification, webhook:post, console:log
          gmail:send         | webhook:post, queue:retry, file:write
          drive:upload       | local:backup, file:write
          drive:createFolder | queue:retry, file:write
          sheets:update      | csv:log, file:write
          sheets:append      | csv:log, file:write
          email:notification | webhook:post, console:log
          webhook:post       | queue:retry, file:write
          google-tasks:create| csv:log
          local:backup       | file:write
          csv:log            | file:write
          """)
  void shouldHaveStepsForEveryBuiltInAction(String action, String steps) {
    Cascade cascade = steps(strategies(), action, null);

    assertThat(cascade.steps()).containsExactly(steps.split(", "));
    assertThat(cascade.source()).isEqualTo("configuration");
    assertThat(cascade.hasBegun()).isFalse();
  }

  @Test
  void shouldHaveNoStepsForAnActionOfOnesOwn() {
    assertThat(steps(strategies(), "acme:task", null).steps()).isEmpty();
    assertThat(steps(strategies(), "file:write", null).steps()).isEmpty();
  }

  @Test
  void shouldSendWhatIsWrongStraightToTheDeadLetters() {
    Cascade cascade = strategies().cascadeOf(request(PAGE, null), FailureClass.VALIDATION);

    assertThat(cascade.steps()).containsExactly("dead-letter");
  }

  @Test
  void shouldPreferTheRequestThenTheCommandThenTheConfiguration() {
    Strategies strategies = strategies(OWN + "steps", "csv:log");

    Cascade configured = steps(strategies, PAGE, null);
    strategies.changed(PAGE, state("file:write"));
    Cascade commanded = steps(strategies, PAGE, null);
    Cascade requested = steps(strategies, PAGE, policy(List.of("local:backup")));
    strategies.changed(PAGE, null);
    Cascade again = steps(strategies, PAGE, null);

    assertThat(configured.steps()).containsExactly("csv:log");
    assertThat(configured.source()).isEqualTo("configuration");
    assertThat(commanded.steps()).containsExactly("file:write");
    assertThat(commanded.source()).isEqualTo("command");
    assertThat(requested.steps()).containsExactly("local:backup");
    assertThat(requested.source()).isEqualTo("request");
    assertThat(again).isEqualTo(configured);
  }

  @Test
  void shouldTakeNoStepsWhereARequestWantsNone() {
    assertThat(steps(strategies(), PAGE, policy(List.of())).steps()).isEmpty();
  }

  @Test
  void shouldReplaceByFailureWithTheStepsOfTheRequest() {
    Cascade cascade =
        strategies().cascadeOf(request(PAGE, policy(List.of("csv:log"))), FailureClass.VALIDATION);

    assertThat(cascade.steps()).containsExactly("csv:log");
  }

  @Test
  void shouldChooseByFailureClass() {
    Strategies strategies =
        strategies(
            OWN + "by-failure.RATE_LIMITED", "queue:retry,csv:log",
            OWN + "by-failure.VALIDATION", "csv:log");

    assertThat(steps(strategies, FailureClass.RATE_LIMITED))
        .containsExactly("queue:retry", "csv:log");
    assertThat(steps(strategies, FailureClass.VALIDATION)).containsExactly("csv:log");
    assertThat(steps(strategies, FailureClass.TIMEOUT)).hasSize(3);
  }

  @Test
  void shouldTakeNoStepsWhenSwitchedOffEvenIfARequestAsks() {
    Strategies all = strategies("backstop.fallback.enabled", "false");
    Strategies one = strategies(OWN + "enabled", "false");
    PolicyOverrides policy =
        PolicyOverrides.newBuilder()
            .setFallbackSteps(List.of("csv:log"))
            .setAllowSkip(true)
            .setQueueOnFailure(true)
            .build();

    assertThat(steps(all, PAGE, policy).steps()).isEmpty();
    assertThat(steps(one, PAGE, policy).steps()).isEmpty();
    assertThat(steps(one, "trello:createCard", policy).steps()).contains("csv:log");
  }

  @Test
  void shouldAddWhatTheRequestAllows() {
    PolicyOverrides allowed =
        PolicyOverrides.newBuilder()
            .setQueueOnFailure(true)
            .setDefaultValue("{}")
            .setAllowSkip(true)
            .build();

    assertThat(steps(strategies(), "csv:log", allowed).steps())
        .containsExactly("file:write", "queue:retry", "default-value", "skip");
    assertThat(steps(strategies(), "notion:updatePage", allowed).steps())
        .containsExactly("queue:retry", "csv:log", "default-value", "skip");
    assertThat(steps(strategies(), "acme:task", allowed).source()).isEqualTo("request");
  }

  @Test
  void shouldAddNothingBehindTheDeadLetters() {
    PolicyOverrides policy =
        PolicyOverrides.newBuilder()
            .setFallbackSteps(List.of("csv:log", "dead-letter"))
            .setAllowSkip(true)
            .build();

    assertThat(steps(strategies(), PAGE, policy).steps()).containsExactly("csv:log", "dead-letter");
    assertThat(strategies().cascadeOf(request(PAGE, skippable()), FailureClass.VALIDATION).steps())
        .containsExactly("dead-letter");
  }

  @Test
  void shouldServeEarlierResultsFirstAlsoWhenFallbacksAreOff() {
    Strategies on = new Strategies(TestConfig.with().fallback(), SampleTargets.all(), r -> true);
    Strategies off =
        new Strategies(
            TestConfig.with("backstop.fallback.enabled", "false").fallback(),
            SampleTargets.all(),
            r -> true);

    assertThat(steps(on, "csv:log", null).steps()).containsExactly("cached-result", "file:write");
    assertThat(steps(on, "notion:query", null).steps())
        .containsExactly("cached-result", "default-value");
    assertThat(steps(off, "notion:query", null).steps()).containsExactly("cached-result");
    assertThat(on.cascadeOf(request("csv:log", null), FailureClass.VALIDATION).steps())
        .containsExactly("dead-letter");
  }

  @Test
  void shouldPreferTheDefaultValueOfTheRequest() {
    Strategies strategies = strategies(OWN + "default-value", "{\"a\":1}");
    PolicyOverrides own = PolicyOverrides.newBuilder().setDefaultValue("{\"b\":2}").build();

    assertThat(strategies.defaultValue(request(PAGE, null))).isEqualTo("{\"a\":1}");
    assertThat(strategies.defaultValue(request(PAGE, own))).isEqualTo("{\"b\":2}");
    assertThat(strategies.defaultValue(request("csv:log", null))).isNull();
  }

  @Test
  void shouldKeepTheLastGoodStrategyWhenAnotherVersionSetsOneItCannotUse() {
    Strategies strategies = strategies();
    strategies.changed(PAGE, state("file:write"));

    strategies.changed(PAGE, state("newer:target"));

    assertThat(steps(strategies, PAGE, null).steps()).containsExactly("file:write");
  }

  @Test
  void shouldListEveryActionAndWhereItsStrategyComesFrom() {
    Strategies strategies = strategies(OWN + "steps", "csv:log");
    strategies.changed("drive:upload", state("file:write"));

    assertThat(strategies.inForce())
        .extracting(StrategyInForce::action)
        .containsExactlyElementsOf(SampleTargets.all().names());
    assertThat(strategies.inForce(PAGE).origin()).isEqualTo(Origin.CONFIGURATION);
    assertThat(strategies.inForce("drive:upload").origin()).isEqualTo(Origin.COMMAND);
    assertThat(strategies.inForce("drive:upload").setBy()).isEqualTo("ann");
    assertThat(strategies.inForce("csv:log").origin()).isEqualTo(Origin.BUNDLED);
  }

  private static Strategies strategies(String... keysAndValues) {
    return new Strategies(
        TestConfig.with(keysAndValues).fallback(), SampleTargets.all(), request -> false);
  }

  private static Cascade steps(Strategies strategies, String action, PolicyOverrides policy) {
    return strategies.cascadeOf(request(action, policy), FailureClass.SERVER_ERROR);
  }

  private static List<String> steps(Strategies strategies, FailureClass failureClass) {
    return strategies.cascadeOf(request(PAGE, null), failureClass).steps();
  }

  private static ActionRequest request(String action, PolicyOverrides policy) {
    return ActionRequest.newBuilder()
        .setRequestId("r-1")
        .setAction(action)
        .setPayload(QueryPayload.newBuilder().build())
        .setPolicy(policy)
        .build();
  }

  private static PolicyOverrides policy(List<String> steps) {
    return PolicyOverrides.newBuilder().setFallbackSteps(steps).build();
  }

  private static PolicyOverrides skippable() {
    return PolicyOverrides.newBuilder().setAllowSkip(true).build();
  }

  private static FleetState state(String... steps) {
    return FleetState.newBuilder()
        .setWrittenAt(Instant.EPOCH)
        .setStrategy(new Strategy(true, List.of(steps), Map.of(), null))
        .setStrategySetBy("ann")
        .build();
  }
}
