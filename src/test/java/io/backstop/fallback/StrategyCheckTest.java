package io.backstop.fallback;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionRequest;
import io.backstop.action.PolicyOverrides;
import io.backstop.testing.TestConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

class StrategyCheckTest {
  private static final String STRATEGY = "backstop.fallback.strategies.\"notion:createPage\".";
  private static final String LIST = "backstop.fallback.targets.\"trello:createCard\".container";

  @Test
  void shouldAcceptWhatIsBundledAndWhatIsRight() {
    assertThat(problems()).isEmpty();
    assertThat(
            problems(
                LIST,
                "list1",
                STRATEGY + "steps",
                "cached-result,trello:createCard,csv:log,queue:low,skip",
                STRATEGY + "by-failure.RATE_LIMITED",
                "queue:retry,csv:log,dead-letter",
                STRATEGY + "default-value",
                "{\"id\":null}"))
        .isEmpty();
  }

  @Test
  void shouldNameTheNearestStepAndAllThatThereAre() {
    assertThat(problems(STRATEGY + "steps", "trelo:createCard,quee:retry"))
        .hasSize(2)
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .startsWith(
                        "backstop.fallback.strategies.notion:createPage.steps: there is no step"
                            + " 'trelo:createCard': did you mean trello:createCard? known are")
                    .contains("queue:high"),
            second -> assertThat(second).contains("did you mean queue:retry?"));
  }

  @Test
  void shouldRefuseWhatCannotBeAFallback() {
    assertThat(problems(STRATEGY + "steps", "notion:updatePage").get(0))
        .contains("notion:updatePage cannot be a step: it works on what is there already");
  }

  @Test
  void shouldRefuseLoops() {
    assertThat(problems(STRATEGY + "steps", "notion:createPage").get(0))
        .endsWith("notion:createPage is the action itself: to try it again later, use queue:retry");
    assertThat(problems(STRATEGY + "steps", "csv:log,file:write,csv:log").get(0))
        .endsWith("csv:log is there twice");
  }

  @Test
  void shouldRefuseStepsBehindTheDeadLetters() {
    assertThat(problems(STRATEGY + "steps", "dead-letter,csv:log").get(0))
        .endsWith("nothing can follow dead-letter: put it last");
  }

  @Test
  void shouldRefuseFailureClassesThatThereAreNot() {
    assertThat(problems(STRATEGY + "by-failure.VALIDATON", "csv:log").get(0))
        .startsWith(
            "backstop.fallback.strategies.notion:createPage.by-failure.VALIDATON: there is no"
                + " failure class 'VALIDATON': did you mean VALIDATION?");
  }

  @Test
  void shouldLookAtTheStepsOfFailureClassesToo() {
    assertThat(problems(STRATEGY + "by-failure.rate-limited", "csv:logg").get(0))
        .contains("by-failure.RATE_LIMITED: there is no step 'csv:logg'");
  }

  @Test
  void shouldNameThePlaceThatIsMissing() {
    assertThat(problems(STRATEGY + "steps", "trello:createCard"))
        .containsExactly(
            "backstop.fallback.strategies.notion:createPage.steps: trello:createCard cannot be a"
                + " step: backstop.fallback.targets.trello:createCard.container is not set: name"
                + " the Trello list for new cards");
  }

  @Test
  void shouldRefuseAFamilyThatCannotBeConverted() {
    assertThat(problems("backstop.fallback.strategies.\"gmail:search\".steps", "drive:upload"))
        .singleElement()
        .asString()
        .contains("a question to Gmail cannot be answered by drive:upload");
  }

  @Test
  void shouldRefuseADefaultValueThatIsNotJson() {
    assertThat(problems(STRATEGY + "default-value", "none").get(0))
        .startsWith("backstop.fallback.strategies.notion:createPage.default-value: it is not JSON");
  }

  @Test
  void shouldRefuseActionsAndPlacesThatThereAreNot() {
    assertThat(
            problems(
                "backstop.fallback.strategies.\"notion:createPge\".steps", "csv:log",
                "backstop.fallback.targets.\"trello:createCrd\".container", "list1"))
        .satisfiesExactly(
            place ->
                assertThat(place)
                    .startsWith(
                        "backstop.fallback.targets.trello:createCrd: there is no such fallback"
                            + " target: did you mean trello:createCard?"),
            action ->
                assertThat(action)
                    .startsWith(
                        "backstop.fallback.strategies.notion:createPge: there is no action"
                            + " 'notion:createPge': did you mean notion:createPage?"));
  }

  @Test
  void shouldLookAtWhatARequestAsksFor() {
    Strategies strategies =
        new Strategies(TestConfig.with().fallback(), SampleTargets.all(), request -> false);
    ActionRequest plain = SampleRequests.task("notion:createPage");
    ActionRequest wrong =
        ActionRequest.newBuilder(plain)
            .setPolicy(
                PolicyOverrides.newBuilder()
                    .setFallbackSteps(List.of("csv:log", "acme:unknown"))
                    .setDefaultValue("{")
                    .build())
            .build();

    assertThat(strategies.problems(plain)).isEmpty();
    assertThat(strategies.problems(wrong))
        .satisfiesExactly(
            steps ->
                assertThat(steps)
                    .startsWith("policy.fallbackSteps: there is no step 'acme:unknown'"),
            value -> assertThat(value).startsWith("policy.defaultValue: it is not JSON"));
  }

  private static List<String> problems(String... keysAndValues) {
    return Strategies.problems(TestConfig.with(keysAndValues), SampleTargets.all());
  }
}
