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
  private static final Duration PATIENCE = Duration.ofSeconds(30);

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

  /** Sends a command and says what came of it; the result is the exit code. */
  int send(
      CommandSpec spec,
      BackstopConfig settings,
      String name,
      String subject,
      Map<String, String> arguments) {
    Command command =
        Command.newBuilder()
            .setCommandId(UUID.randomUUID().toString())
            .setName(name)
            .setSubject(subject)
            .setActor(actor)
            .setReason(reason)
            .setIssuedAt(Instant.now())
            .setArguments(arguments)
            .build();
    try (var commands = Commands.open(settings)) {
      return report(spec, command, commands.send(command, PATIENCE));
    }
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
    if (result.getStatus() != CommandStatus.DONE) {
      err.printf("backstop: %s refused: %s%n", command.getName(), result.getMessage());
      return ExitCode.FAILED;
    }
    String message = result.getMessage().isEmpty() ? "done" : result.getMessage();
    spec.commandLine().getOut().println(message);
    return ExitCode.OK;
  }
}
