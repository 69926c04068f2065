package io.backstop.cli;

import io.backstop.action.Command;
import io.backstop.action.CommandResult;
import io.backstop.action.CommandStatus;
import io.backstop.client.Commands;
import io.backstop.config.BackstopConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Options of a command that changes something in the running fleet, and the sending. */
final class CommandOptions {
  static final Duration PATIENCE = Duration.ofSeconds(30);

  @Mixin private ConfigOptions config;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why; it stands in the audit log and in events.")
  private String reason;

  @Option(
      names = "--actor",
      paramLabel = "NAME",
      defaultValue = "${sys:user.name}",
      description = "Who wants it. Default: the name of the user.")
  private String actor;

  BackstopConfig load() {
    return config.load();
  }

  /** Why; empty when nothing is given. */
  Optional<String> reason() {
    return Optional.ofNullable(reason).map(String::strip).filter(text -> !text.isEmpty());
  }

  /** Sends a command and says what came of it; the result is the exit code. */
  int send(
      CommandSpec spec,
      BackstopConfig settings,
      String name,
      String subject,
      Map<String, String> arguments) {
    Command command = command(name, subject, arguments).build();
    try (var commands = Commands.open(settings)) {
      return report(spec, command, commands.send(command, PATIENCE));
    }
  }

  /** A command with an id of its own. */
  Command.Builder command(String name, String subject, Map<String, String> arguments) {
    return Command.newBuilder()
        .setCommandId(UUID.randomUUID().toString())
        .setName(name)
        .setSubject(subject)
        .setActor(actor)
        .setReason(reason)
        .setIssuedAt(Instant.now())
        .setArguments(arguments);
  }

  static int report(CommandSpec spec, Command command, Optional<CommandResult> answer) {
    var err = spec.commandLine().getErr();
    if (answer.isEmpty()) {
      err.printf(
          "backstop: no processor answered within %d s; command %s is on the topic and is done as"
              + " soon as one runs: './backstop run' starts one%n",
          PATIENCE.toSeconds(), command.getCommandId());
      return ExitCode.FAILED;
    }
    CommandResult result = answer.get();
    if (result.getStatus() == CommandStatus.REFUSED
        || result.getStatus() == CommandStatus.UNKNOWN) {
      err.printf(
          "backstop: %s refused: %s%n", command.getName(), SafeText.line(result.getMessage()));
      return ExitCode.FAILED;
    }
    String word = result.getStatus() == CommandStatus.ACCEPTED ? "begun" : "done";
    String message = result.getMessage().isEmpty() ? word : result.getMessage();
    spec.commandLine().getOut().println(JsonText.printable(message));
    return ExitCode.OK;
  }
}
