package io.backstop.fallback;

import io.backstop.action.Command;
import io.backstop.action.FailureClass;
import io.backstop.action.Strategy;
import io.backstop.config.NearestName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a command about a strategy asks for. Pure. */
sealed interface StrategyOrder {

  /** The action has this strategy from now on, whatever it had before. */
  record Change(Strategy strategy) implements StrategyOrder {}

  /** The action has again what is configured or bundled. */
  record Reset() implements StrategyOrder {}

  /** Nothing changes. */
  record Refused(String reason) implements StrategyOrder {}

  /** Argument: the steps in order, separated by commas. */
  String STEPS = "steps";

  /** Beginning of an argument: other steps for the failure class that follows. */
  String BY_FAILURE = "by-failure.";

  /** Argument: JSON that the step default-value answers with. */
  String DEFAULT_VALUE = "default-value";

  /** Argument: {@code false} to take no steps at all. */
  String ENABLED = "enabled";

  Set<String> ARGUMENTS = Set.of(STEPS, DEFAULT_VALUE, ENABLED);

  /** Reads a command {@code strategies.set} or {@code strategies.reset}. */
  static StrategyOrder of(Command command, StrategyCheck check) {
    String action = command.getSubject();
    if (action.isEmpty()) {
      return new Refused("no action is named: give one as the command's subject");
    }
    if (command.getName().equals(StrategyKeeper.RESET)) {
      // of an action that is not there any more, too
      return command.getArguments().isEmpty()
          ? new Reset()
          : new Refused("strategies.reset takes no arguments");
    }
    Map<String, String> arguments = command.getArguments();
    Optional<String> problem = check.ofAction(action).or(() -> problem(arguments));
    if (problem.isPresent()) {
      return new Refused(problem.get());
    }
    Strategy strategy = strategy(arguments);
    List<String> problems = check.ofStrategy(action, strategy, "");
    return problems.isEmpty() ? new Change(strategy) : new Refused(String.join("; ", problems));
  }

  private static Optional<String> problem(Map<String, String> arguments) {
    for (String name : new TreeMap<>(arguments).keySet()) {
      if (!ARGUMENTS.contains(name) && !name.startsWith(BY_FAILURE)) {
        String hint =
            NearestName.of(name, ARGUMENTS).map("did you mean %s? "::formatted).orElse("");
        return Optional.of(
            "there is no argument '%s': %sstrategies.set takes steps, by-failure.<CLASS>, default-value and enabled"
                .formatted(name, hint));
      }
    }
    String enabled = arguments.getOrDefault(ENABLED, "true");
    if (!enabled.equals("true") && !enabled.equals("false")) {
      return Optional.of("enabled: it is '%s': say true or false".formatted(enabled));
    }
    return arguments.containsKey(STEPS) || enabled.equals("false")
        ? Optional.empty()
        : Optional.of("steps is missing: name them in order, separated by commas");
  }

  private static Strategy strategy(Map<String, String> arguments) {
    Map<String, List<String>> byFailure = new HashMap<>();
    arguments.forEach(
        (name, value) -> {
          if (name.startsWith(BY_FAILURE)) {
            String given = name.substring(BY_FAILURE.length());
            byFailure.put(
                FailureNames.find(given).map(FailureClass::name).orElse(given), steps(value));
          }
        });
    return new Strategy(
        !"false".equals(arguments.get(ENABLED)),
        steps(arguments.getOrDefault(STEPS, "")),
        byFailure,
        arguments.get(DEFAULT_VALUE));
  }

  private static List<String> steps(String text) {
    return Stream.of(text.split(",")).map(String::strip).filter(step -> !step.isEmpty()).toList();
  }

  /** {@code trello:createCard, csv:log; for VALIDATION: dead-letter}. */
  static String inWords(Strategy strategy) {
    if (!strategy.getEnabled()) {
      return "fallbacks are off";
    }
    List<String> parts = new ArrayList<>();
    parts.add(words(strategy.getSteps()));
    new TreeMap<>(strategy.getByFailure())
        .forEach((failureClass, steps) -> parts.add("for " + failureClass + ": " + words(steps)));
    return String.join("; ", parts);
  }

  private static String words(List<String> steps) {
    return steps.isEmpty() ? "no steps" : String.join(", ", steps);
  }
}
