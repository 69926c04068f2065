package io.backstop.fallback;

import io.backstop.action.FailureClass;
import io.backstop.action.Strategy;
import io.backstop.config.FallbackConfig;
import io.backstop.config.StrategyConfig;
import io.backstop.executor.Targets;
import io.backstop.fallback.StrategyInForce.Origin;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The strategies as configured, and bundled where nothing is configured. Immutable. */
final class StrategyTable {
  private final Map<String, StrategyInForce> byAction = new TreeMap<>();

  StrategyTable(FallbackConfig config, Targets targets) {
    targets.names().forEach(action -> byAction.put(action, bundled(action, targets)));
    config
        .strategies()
        .forEach((action, own) -> byAction.put(action, configured(action, own, targets)));
  }

  /** Without steps for an action that is not known. */
  StrategyInForce of(String action) {
    StrategyInForce known = byAction.get(action);
    return known != null
        ? known
        : new StrategyInForce(
            action, new Strategy(true, List.of(), Map.of(), null), Origin.BUNDLED, null);
  }

  /** By action, in alphabetical order. */
  Map<String, StrategyInForce> all() {
    return new TreeMap<>(byAction);
  }

  private static StrategyInForce bundled(String action, Targets targets) {
    List<String> steps = BundledStrategies.steps(action, targets);
    return new StrategyInForce(
        action, new Strategy(true, steps, StrategyInForce.BY_FAILURE, null), Origin.BUNDLED, null);
  }

  private static StrategyInForce configured(String action, StrategyConfig own, Targets targets) {
    List<String> steps = own.steps().orElseGet(() -> BundledStrategies.steps(action, targets));
    Map<String, List<String>> byFailure = new HashMap<>(StrategyInForce.BY_FAILURE);
    own.byFailure()
        .forEach(
            (name, route) ->
                byFailure.put(
                    FailureNames.find(name).map(FailureClass::name).orElse(name), stripped(route)));
    return new StrategyInForce(
        action,
        new Strategy(
            own.enabled().orElse(true),
            stripped(steps),
            Map.copyOf(byFailure),
            own.defaultValue().orElse(null)),
        Origin.CONFIGURATION,
        null);
  }

  private static List<String> stripped(List<String> steps) {
    return steps.stream().map(String::strip).toList();
  }
}
