package io.backstop.command;

import io.backstop.action.Command;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What every command must be, whatever it says. Its texts go on into answers, states and events of
 * topics whose records are small, so they have bounds.
 */
final class CommandCheck {
  static final int LONGEST_NAME = 200;
  private static final int LONGEST_TEXT = 2_000;
  private static final int MOST_ARGUMENTS = 100;
  private static final String PATCHING = "replay.start";
  private static final String PATCH = "patch";

  private final CommandRoutes routes;

  CommandCheck(CommandRoutes routes) {
    this.routes = routes;
  }

  /** What is wrong with a command and what to do, for a person; empty when it may go on. */
  Optional<String> problem(Command command) {
    return id(command.getCommandId())
        .or(() -> name(command.getName()))
        .or(() -> line("subject", command.getSubject()))
        .or(() -> line("actor", command.getActor()))
        .or(() -> text("reason", command.getReason()))
        .or(() -> arguments(command))
        .or(() -> SelectionTexts.problem(command.getSelection()));
  }

  private static Optional<String> id(String id) {
    return id.isBlank()
        ? Optional.of("commandId is empty: give each command an id of its own, a UUID say")
        : line("commandId", id);
  }

  private Optional<String> name(String name) {
    if (routes.child(name).isPresent()) {
      return Optional.empty();
    }
    String shown = Text.line(name, LONGEST_NAME);
    return Optional.of(
        name.isBlank()
            ? "name is empty: " + routes.hint("")
            : "there is no command '" + shown + "': " + routes.hint(shown));
  }

  private static Optional<String> arguments(Command command) {
    Map<String, String> arguments = new HashMap<>(command.getArguments());
    if (command.getName().equals(PATCHING)) {
      arguments.remove(PATCH); // as long as a command may be: it goes nowhere but to the desks
    }
    if (arguments.size() > MOST_ARGUMENTS) {
      return Optional.of(
          "%d arguments; a command takes at most %d".formatted(arguments.size(), MOST_ARGUMENTS));
    }
    return arguments.entrySet().stream()
        .flatMap(
            entry ->
                line("an argument's name", entry.getKey())
                    .or(() -> text("argument " + entry.getKey(), entry.getValue()))
                    .stream())
        .findFirst();
  }

  private static Optional<String> line(String what, String value) {
    return line(what, value, LONGEST_NAME);
  }

  static Optional<String> line(String what, String value, int longest) {
    if (value.length() > longest) {
      return Optional.of(tooLong(what, value.length(), longest));
    }
    return value.chars().anyMatch(Character::isISOControl)
        ? Optional.of(what + " has control characters: write it as plain text on one line")
        : Optional.empty();
  }

  private static Optional<String> text(String what, String value) {
    return value != null && value.length() > LONGEST_TEXT
        ? Optional.of(tooLong(what, value.length(), LONGEST_TEXT))
        : Optional.empty();
  }

  private static String tooLong(String what, int length, int longest) {
    return "%s has %,d characters; shorten it to %,d".formatted(what, length, longest);
  }
}
