package io.backstop.circuit;

import io.backstop.action.Command;
import io.backstop.action.SettingChanges;
import io.backstop.config.Policies;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What operators can do to a circuit, by name of the command. One that cannot be done changes
 * nothing, and its answer says what is wrong and what to do. Stream thread only.
 */
final class CircuitCommands {
  private static final String PREFIX = "circuit.";
  private static final String CONFIGURE = "circuit.configure";
  private static final String ALL =
      "circuit.reset, circuit.force-open, circuit.disable, circuit.configure";

  private final Policies policies;
  private final Predicate<String> knownScope;

  CircuitCommands(Policies policies, Predicate<String> knownScope) {
    this.policies = policies;
    this.knownScope = knownScope;
  }

  /** Whether a command is for circuits at all. */
  static boolean concerns(Command command) {
    return command.getName().startsWith(PREFIX);
  }

  static boolean isConfigure(Command command) {
    return command.getName().equals(CONFIGURE);
  }

  /** Why a command cannot be done; empty when it can. */
  Optional<String> refusal(Command command) {
    String subject = command.getSubject();
    if (!isConfigure(command) && event(command).isEmpty()) {
      return Optional.of(
          "%s is no command for circuits: use one of %s".formatted(command.getName(), ALL));
    } else if (subject.isEmpty()) {
      return Optional.of("no service is named: give one as the command's subject");
    } else if (!knownScope.test(subject)) {
      return Optional.of(unknownScope(subject));
    } else if (isConfigure(command) && command.getArguments().isEmpty()) {
      return Optional.of(
          "no setting is given: give some as below backstop.services.<service>, for example"
              + " circuit.open-duration=10s, or circuit.open-duration= for the configured value");
    }
    return Optional.empty();
  }

  private String unknownScope(String subject) {
    int colon = subject.indexOf(':');
    String service = colon < 0 ? subject : subject.substring(0, colon);
    return colon >= 0 && knownScope.test(service)
        ? "%s has no settings of its own, so it has no circuit of its own: name its service, %s"
            .formatted(subject, service)
        : "%s is no service and no target with settings of its own: look at the list of circuits"
            .formatted(subject);
  }

  /** What the command does to the circuit; empty for one that does nothing to it. */
  static Optional<CircuitEvent.ByOperator> event(Command command) {
    String actor = command.getActor().isEmpty() ? "an operator" : command.getActor();
    return switch (command.getName()) {
      case "circuit.reset" ->
          Optional.of(new CircuitEvent.OperatorReset(actor, command.getReason()));
      case "circuit.force-open" ->
          Optional.of(new CircuitEvent.OperatorForcedOpen(actor, command.getReason()));
      case "circuit.disable" ->
          Optional.of(new CircuitEvent.OperatorDisabled(actor, command.getReason()));
      default -> Optional.empty();
    };
  }

  /**
   * The settings of a scope with what the command changes; an empty value puts one back.
   *
   * @param before what earlier commands have changed
   */
  static Map<String, String> merged(Map<String, String> before, Command command) {
    Map<String, String> merged = new TreeMap<>(before);
    command
        .getArguments()
        .forEach(
            (key, value) -> {
              if (value.isBlank()) {
                merged.remove(key);
              } else {
                merged.put(key, value.strip());
              }
            });
    return merged;
  }

  /** What is wrong with such settings; empty when they are allowed. */
  Optional<String> problem(Command command, Map<String, String> merged) {
    // a key that is only put back is looked at as well, for it may be misspelt
    Map<String, String> named = new TreeMap<>(merged);
    command.getArguments().keySet().forEach(key -> named.putIfAbsent(key, ""));
    List<String> problems = new ArrayList<>(policies.problems(command.getSubject(), named));
    return problems.isEmpty() ? Optional.empty() : Optional.of(readable(problems));
  }

  private static String readable(List<String> problems) {
    return String.join("; ", problems)
        .replace("configuration: ", "")
        .replace("backstop.targets.changed.", "");
  }

  static SettingChanges changes(Map<String, String> merged, Command command, long now) {
    return new SettingChanges(merged, Instant.ofEpochMilli(now), command.getActor());
  }

  /** {@code circuit.open-duration = 3s, timeout as configured}. */
  static String whatChanges(Command command) {
    List<String> parts = new ArrayList<>();
    new TreeMap<>(command.getArguments())
        .forEach(
            (key, value) ->
                parts.add(value.isBlank() ? key + " as configured" : key + " = " + value.strip()));
    return String.join(", ", parts);
  }
}
