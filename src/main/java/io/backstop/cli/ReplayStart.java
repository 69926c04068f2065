package io.backstop.cli;

import io.backstop.action.Command;
import io.backstop.action.CommandResult;
import io.backstop.action.CommandStatus;
import io.backstop.client.Commands;
import io.backstop.config.BackstopConfig;
import io.backstop.executor.Json;
import io.backstop.serde.AvroJson;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Model.CommandSpec;

/** Sends a command of a replay, and says what its first answer is. */
final class ReplayStart {
  private static final int ID_LENGTH = 13;

  private final CommandSpec spec;
  private final BackstopConfig settings;
  private final boolean json;

  ReplayStart(CommandSpec spec, BackstopConfig settings, boolean json) {
    this.spec = spec;
    this.settings = settings;
    this.json = json;
  }

  /** Short enough to be typed; two are the same once in 2^48. */
  static String newId() {
    return UUID.randomUUID().toString().substring(0, ID_LENGTH);
  }

  /** Says under which id a replay can be followed, before anything is sent. */
  void announce(String id) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? Json.object().put("operation", id).toString() : "Replay " + id);
    out.flush();
  }

  /**
   * Sends the command.
   *
   * @return whether work on it has begun
   */
  boolean send(Command command) {
    PrintWriter err = spec.commandLine().getErr();
    Optional<CommandResult> answer;
    try (Commands commands = Commands.open(settings)) {
      answer = commands.send(command, CommandOptions.PATIENCE);
    }
    if (answer.isEmpty()) {
      err.printf(
          "backstop: no processor answered within %d s; the replay is on the topic and begins as"
              + " soon as one runs: 'backstop replay --follow %s' follows it%n",
          CommandOptions.PATIENCE.toSeconds(), command.getCommandId());
      return false;
    }
    CommandResult result = answer.get();
    if (json) {
      spec.commandLine().getOut().println(AvroJson.of(result));
    }
    boolean begun =
        result.getStatus() == CommandStatus.ACCEPTED || result.getStatus() == CommandStatus.DONE;
    if (!begun) {
      err.println("backstop: the replay was refused: " + SafeText.line(result.getMessage()));
    }
    return begun;
  }
}
