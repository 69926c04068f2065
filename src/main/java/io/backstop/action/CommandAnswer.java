package io.backstop.action;

import java.time.Instant;

/** The answer to a command by what has carried it out, or refused to. */
public final class CommandAnswer {
  private CommandAnswer() {}

  /**
   * @param message for people
   * @param affected how many things have changed
   * @param now in milliseconds since the epoch
   */
  public static CommandResult of(
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
