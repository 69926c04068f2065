package io.backstop.torture;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.executor.Json;
import io.backstop.simulator.EmulatedService;
import io.backstop.simulator.Simulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The settings of the tortured processors: everything by default but addresses and waits. */
final class FleetSettings {
  /** The shortest that brokers allow by default. */
  static final Duration SESSION = Duration.ofSeconds(6);

  static final Duration CALL_TIMEOUT = Duration.ofSeconds(2);

  /**
   * Of a circuit. Open times are several times as long as the news of them takes, else there is
   * hardly a moment in which a call would be a leak; and short enough that a circuit opens more
   * than once in a minute.
   */
  private static final Duration LONGEST_OPEN = Duration.ofSeconds(8);

  /** Between two attempts. */
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(2);

  /** Whatever waits in a fleet that is well has had its turn after this time. */
  static final Duration LONGEST_WAIT = LONGEST_OPEN.plus(LONGEST_DELAY);

  /** By action, in order. Messages have none, so that there are dead letters. */
  static final Map<String, List<String>> STEPS =
      Map.of(
          Load.PAGE, List.of("trello:createCard", "google-tasks:create"), Load.MESSAGE, List.of());

  private static final List<EmulatedService> SERVICES =
      List.of(
          EmulatedService.NOTION,
          EmulatedService.TRELLO,
          EmulatedService.GOOGLE_TASKS,
          EmulatedService.SLACK);

  private FleetSettings() {}

  /**
   * @param simulator this processor's door to the services
   */
  static Map<String, String> of(
      Surroundings around, Simulator simulator, Path state, String protocol) {
    var values = new LinkedHashMap<String, String>();
    values.put("kafka.bootstrap-servers", around.bootstrapServers());
    values.put("kafka.application-id", "torture");
    values.put("kafka.state-dir", state.toString());
    values.put("kafka.group-protocol", protocol);
    values.put("kafka.session-timeout", SESSION.toMillis() + "ms");
    values.put("registry.url", around.registryUrl());
    values.put("registry.auto-register", "true");
    values.put("topics.auto-create", "true");
    values.put("execution.timeout", CALL_TIMEOUT.toMillis() + "ms");
    values.put("execution.max-concurrent-calls", "16");
    values.put("circuit.open-duration", "5s");
    values.put("circuit.max-open-duration", LONGEST_OPEN.toMillis() + "ms");
    values.put("retry.max-delay", LONGEST_DELAY.toMillis() + "ms");
    for (EmulatedService service : SERVICES) {
      values.put(
          "services." + service.label() + ".base-url", simulator.baseUri(service).toString());
      values.put("services." + service.label() + ".token", "xoxb-torture");
    }
    values.put("services.trello.api-key", "torture");
    values.put("fallback.targets.trello:createCard.container", "5f8a1c2d3e4b5a6978001122");
    STEPS.forEach(
        (action, steps) -> {
          String strategy = "fallback.strategies." + action;
          values.put(strategy + ".enabled", Boolean.toString(!steps.isEmpty()));
          if (!steps.isEmpty()) {
            values.put(strategy + ".steps", String.join(",", steps));
          }
        });
    return values;
  }

  /** As {@code run --config} reads it: JSON is YAML too. */
  static void write(Map<String, String> values, Path file) {
    ObjectNode root = Json.object();
    ObjectNode all = root.putObject("backstop");
    values.forEach(
        (key, value) -> {
          String[] parts = key.split("\\.");
          ObjectNode at = all;
          for (int i = 0; i < parts.length - 1; i++) {
            at = at.withObjectProperty(parts[i]);
          }
          at.put(parts[parts.length - 1], value);
        });
    try {
      Files.write(file, Json.bytes(root));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
