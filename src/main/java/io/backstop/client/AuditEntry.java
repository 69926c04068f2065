package io.backstop.client;

import io.backstop.action.Command;
import io.backstop.action.CommandResult;
import io.backstop.action.CommandStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * One command, or what stands in the place of one, and what came of it.
 *
 * @param coordinates {@code topic-partition-offset} where it stands first
 * @param at when it was issued; of what cannot be read, when it was written
 * @param command empty for what cannot be read
 * @param problem why it cannot be read
 * @param begun the answer that work on it has begun
 * @param answer the one that says how it ended
 * @param repeats how often the same command came again
 */
public record AuditEntry(
    String coordinates,
    Instant at,
    Optional<Command> command,
    Optional<String> problem,
    Optional<CommandResult> begun,
    Optional<CommandResult> answer,
    int repeats) {

  static AuditEntry of(String coordinates, Command command) {
    return new AuditEntry(
        coordinates,
        command.getIssuedAt(),
        Optional.of(command),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0);
  }

  static AuditEntry unreadable(String coordinates, Instant at, String problem) {
    return new AuditEntry(
        coordinates,
        at,
        Optional.empty(),
        Optional.of(problem),
        Optional.empty(),
        Optional.empty(),
        0);
  }

  /** The answer that says most. */
  public Optional<CommandResult> latest() {
    return answer.or(() -> begun);
  }

  AuditEntry repeated() {
    return new AuditEntry(coordinates, at, command, problem, begun, answer, repeats + 1);
  }

  /** An answer that was given again says nothing new, but may be the only one that is left. */
  AuditEntry with(CommandResult given) {
    boolean isAgain = given.getDetails().containsKey("repeated");
    if (given.getStatus() == CommandStatus.ACCEPTED) {
      return isAgain && begun.isPresent()
          ? this
          : new AuditEntry(coordinates, at, command, problem, Optional.of(given), answer, repeats);
    }
    return isAgain && answer.isPresent()
        ? this
        : new AuditEntry(coordinates, at, command, problem, begun, Optional.of(given), repeats);
  }
}
