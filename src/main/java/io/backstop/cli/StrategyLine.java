package io.backstop.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.action.FleetKey;
import io.backstop.action.FleetState;
import io.backstop.client.FleetStates;
import io.backstop.config.BackstopConfig;
import io.backstop.executor.Targets;
import io.backstop.fallback.Strategies;
import io.backstop.fallback.StrategyInForce;
import io.backstop.fallback.StrategyInForce.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The strategy of one action, for people and scripts.
 *
 * @param setAt when a command set it; else null
 */
record StrategyLine(StrategyInForce inForce, Instant setAt) {
  static final Table TABLE =
      new Table().column("ACTION", 20).column("FROM", 13).column("BY FAILURE", 24).last("STEPS");

  /** Those of all actions, as the fleet has decided and as configured here, by action. */
  static SortedMap<String, StrategyLine> all(BackstopConfig settings, Problems problems) {
    try (var fleet = FleetStates.open(settings, problems)) {
      return all(settings, Targets.load(), fleet.read());
    }
  }

  /**
   * @param states everything decided, by record key
   */
  static SortedMap<String, StrategyLine> all(
      BackstopConfig settings, Targets targets, Map<String, FleetState> states) {
    var lines = new TreeMap<String, StrategyLine>();
    new Strategies(settings.fallback(), targets, request -> false)
        .inForce()
        .forEach(each -> lines.put(each.action(), new StrategyLine(each, null)));
    states.forEach(
        (key, state) -> {
          if (FleetKey.STRATEGY.matches(key) && state.getStrategy() != null) {
            String action = FleetKey.STRATEGY.scope(key);
            var set =
                new StrategyInForce(
                    action, state.getStrategy(), Origin.COMMAND, state.getStrategySetBy());
            lines.put(action, new StrategyLine(set, state.getWrittenAt()));
          }
        });
    return lines;
  }

  /** One line: a row of the table, or a JSON object. */
  String text(boolean asJson) {
    return asJson ? json().toString() : TABLE.row(inForce.action(), origin(), byFailure(), steps());
  }

  /** All of it, for a person. */
  List<String> details() {
    var lines = new ArrayList<String>();
    lines.add("action         " + inForce.action());
    lines.add("from           " + origin() + setBy());
    lines.add("steps          " + steps());
    inForce
        .byFailure()
        .forEach((name, steps) -> lines.add("on %-11s %s".formatted(name, words(steps))));
    String defaultValue = inForce.strategy().getDefaultValue();
    lines.add("default value  " + (defaultValue == null ? "-" : defaultValue));
    return lines;
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("action", inForce.action());
    json.put("from", origin());
    json.put("enabled", inForce.strategy().getEnabled());
    var steps = json.putArray("steps");
    inForce.strategy().getSteps().forEach(steps::add);
    var byFailure = json.putObject("byFailure");
    inForce
        .byFailure()
        .forEach((name, route) -> route.forEach(byFailure.withArray("/" + name)::add));
    json.put("defaultValue", inForce.strategy().getDefaultValue());
    json.put("setBy", inForce.setBy());
    json.put("setAt", setAt == null ? null : setAt.toString());
    return json;
  }

  private String origin() {
    return inForce.origin().name().toLowerCase(Locale.ROOT);
  }

  private String setBy() {
    return setAt == null ? "" : ", set by %s at %s".formatted(inForce.setBy(), setAt);
  }

  private String steps() {
    return inForce.strategy().getEnabled() ? words(inForce.strategy().getSteps()) : "off";
  }

  /** Its own; what holds for every strategy would stand in each line. */
  private String byFailure() {
    return inForce.ownByFailure().entrySet().stream()
        .map(each -> each.getKey() + ": " + words(each.getValue()))
        .collect(Collectors.joining("; "));
  }

  private static String words(List<String> steps) {
    return steps.isEmpty() ? "none" : String.join(", ", steps);
  }
}
