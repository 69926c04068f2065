package io.backstop.fallback;

import io.backstop.action.Command;
import io.backstop.action.CommandResult;
import io.backstop.action.CommandStatus;
import java.time.Instant;

/** The answer to a command. */
final class CommandAnswer {
  private CommandAnswer() {}

  static CommandResult of(
      Command command, CommandStatus status, String message, long affected, long now) {
    return CommandResult.newBuilder()
        .setCommandId(command.getCommandId())
        .setName(command.getName())
        .setSubject(command.getSubject())
        .setStatus(status)
        .setMessage(message)
        .setAffected(affected)
        .setCompletedAt(Instant.ofEpochMilli(now))
        .build();
  }
}
