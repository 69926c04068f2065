package io.backstop.fallback;

import io.backstop.action.Strategy;
import io.backstop.config.FallbackConfig;
import io.backstop.config.NearestName;
import io.backstop.executor.ActionExecutor;
import io.backstop.executor.Targets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What is wrong with what is configured; what is bundled needs no check. */
final class ConfiguredStrategies {
  private static final String PREFIX = "backstop.fallback.";

  private ConfiguredStrategies() {}

  /** One sentence per problem, beginning with the key to change. */
  static List<String> problems(FallbackConfig config, Targets targets) {
    List<String> problems = new ArrayList<>();
    new TreeMap<>(config.targets())
        .forEach((target, place) -> ofPlace(target, targets).ifPresent(problems::add));
    StrategyCheck check = new StrategyCheck(targets, new Conversions(config.targets()));
    StrategyTable table = new StrategyTable(config, targets);
    new TreeMap<>(config.strategies())
        .forEach(
            (action, own) -> {
              String key = PREFIX + "strategies." + action;
              Optional<String> unknown = check.ofAction(action);
              if (unknown.isPresent()) {
                problems.add(key + ": " + unknown.get());
              } else {
                problems.addAll(
                    check.ofStrategy(action, configured(table.of(action), own.steps()), key + "."));
              }
            });
    return problems;
  }

  /** Without the steps that are bundled: they skip what is not configured when they are taken. */
  private static Strategy configured(StrategyInForce inForce, Optional<List<String>> steps) {
    return Strategy.newBuilder(inForce.strategy()).setSteps(steps.orElse(List.of())).build();
  }

  private static Optional<String> ofPlace(String target, Targets targets) {
    if (targets.find(target).filter(ActionExecutor::servesAsFallback).isPresent()) {
      return Optional.empty();
    }
    String known = "known are " + String.join(", ", targets.fallbacks());
    return Optional.of(
        "%stargets.%s: there is no such fallback target: %s"
            .formatted(
                PREFIX,
                target,
                NearestName.of(target, targets.fallbacks())
                    .map(nearest -> "did you mean " + nearest + "? " + known)
                    .orElse(known)));
  }
}
