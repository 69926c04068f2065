package io.backstop.fallback;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionEvent;
import io.backstop.action.Command;
import io.backstop.action.CommandResult;
import io.backstop.action.CommandStatus;
import io.backstop.action.EventType;
import io.backstop.action.FleetState;
import io.backstop.action.StoreNames;
import io.backstop.action.Strategy;
import io.backstop.testing.TestConfig;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StrategyKeeperTest {
  private static final String PAGE = "notion:createPage";

  private final KeeperHarness keeper =
      new KeeperHarness(
          StrategyKeeper.supplier(
              TestConfig.with().fallback(),
              SampleTargets.all(),
              new StrategyKeeper.Children("states", "results", "events", true)),
          StoreNames.STRATEGIES,
          FleetState.class);

  @Test
  void shouldSetAStrategyForTheWholeFleet() {
    keeper.process(
        command(
            StrategyKeeper.SET,
            PAGE,
            Map.of(
                "steps", "csv:log, queue:low",
                "by-failure.rate-limited", "queue:high,csv:log",
                "default-value", "{}")));

    FleetState state = (FleetState) keeper.forwarded("states").get(0).value();
    assertThat(keeper.forwarded("states").get(0).key()).isEqualTo("strategy:notion:createPage");
    assertThat(state.getStrategy())
        .isEqualTo(
            new Strategy(
                true,
                List.of("csv:log", "queue:low"),
                Map.of("RATE_LIMITED", List.of("queue:high", "csv:log")),
                "{}"));
    assertThat(state.getStrategySetBy()).isEqualTo("ann");
    assertThat(answer().getStatus()).isEqualTo(CommandStatus.DONE);
    assertThat(answer().getMessage())
        .isEqualTo(
            "notion:createPage: strategy: csv:log, queue:low; for RATE_LIMITED: queue:high,"
                + " csv:log");
    ActionEvent event = (ActionEvent) keeper.forwarded("events").get(0).value();
    assertThat(event.getType()).isEqualTo(EventType.SETTINGS_CHANGED);
    assertThat(event.getActor()).isEqualTo("ann");
  }

  @Test
  void shouldReplaceTheWholeStrategy() {
    keeper.process(
        command(
            StrategyKeeper.SET, PAGE, Map.of("steps", "csv:log", "by-failure.TIMEOUT", "skip")));

    keeper.process(command(StrategyKeeper.SET, PAGE, Map.of("enabled", "false")));

    FleetState state = (FleetState) keeper.forwarded("states").get(1).value();
    assertThat(state.getStrategy()).isEqualTo(new Strategy(false, List.of(), Map.of(), null));
  }

  @Test
  void shouldGoBackToTheConfigurationByATombstone() {
    keeper.process(command(StrategyKeeper.SET, PAGE, Map.of("steps", "csv:log")));

    keeper.process(command(StrategyKeeper.RESET, PAGE, Map.of()));
    keeper.process(command(StrategyKeeper.RESET, PAGE, Map.of()));

    assertThat(keeper.forwarded("states")).hasSize(2);
    assertThat(keeper.forwarded("states").get(1).value()).isNull();
    assertThat(answers()).extracting(CommandResult::getAffected).containsExactly(1L, 1L, 0L);
    assertThat(answers().get(2).getMessage())
        .isEqualTo("notion:createPage: it is as configured already");
  }

  @Test
  void shouldRememberAfterARestartWhatIsSet() {
    keeper.process(command(StrategyKeeper.SET, PAGE, Map.of("steps", "csv:log")));

    keeper.restart();
    keeper.process(command(StrategyKeeper.RESET, PAGE, Map.of()));

    assertThat(answers().get(1).getAffected()).isEqualTo(1);
  }

  @Test
  void shouldRefuseWhatIsWrongAndSayWhy() {
    refuses(PAGE, Map.of("steps", "csv:logg"), "steps: there is no step 'csv:logg'");
    refuses(PAGE, Map.of("steps", PAGE), "steps: notion:createPage is the action itself");
    refuses(PAGE, Map.of("stps", "csv:log"), "there is no argument 'stps': did you mean steps?");
    refuses(PAGE, Map.of(), "steps is missing");
    refuses(PAGE, Map.of("steps", "csv:log", "enabled", "no"), "enabled: it is 'no'");
    refuses(PAGE, Map.of("steps", "csv:log", "default-value", "{"), "default-value: it is not");
    refuses("notion:createPge", Map.of("steps", "csv:log"), "there is no action");
    refuses("", Map.of("steps", "csv:log"), "no action is named");
    refuses(
        PAGE,
        Map.of("steps", "trello:createCard"),
        "steps: trello:createCard cannot be a step: backstop.fallback.targets");
    assertThat(keeper.forwarded("states")).isEmpty();
    assertThat(keeper.forwarded("events")).isEmpty();
  }

  @Test
  void shouldLeaveOtherCommandsAlone() {
    keeper.process(command("circuit.reset", "notion", Map.of()));

    assertThat(answers()).isEmpty();
  }

  private void refuses(String action, Map<String, String> arguments, String reason) {
    keeper.process(command(StrategyKeeper.SET, action, arguments));

    CommandResult answer = answers().get(answers().size() - 1);
    assertThat(answer.getStatus()).isEqualTo(CommandStatus.REFUSED);
    assertThat(answer.getMessage()).contains(reason);
  }

  private CommandResult answer() {
    return answers().get(0);
  }

  private List<CommandResult> answers() {
    return keeper.forwarded("results").stream().map(each -> (CommandResult) each.value()).toList();
  }

  static Command command(String name, String subject, Map<String, String> arguments) {
    return Command.newBuilder()
        .setCommandId("c-1")
        .setName(name)
        .setSubject(subject)
        .setActor("ann")
        .setIssuedAt(Instant.ofEpochMilli(KeeperHarness.NOW))
        .setArguments(arguments)
        .build();
  }
}
