package io.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.Command;
import io.backstop.action.CommandResult;
import io.backstop.action.CommandStatus;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommandOptionsTest {
  private static final Command RESET =
      Command.newBuilder()
          .setCommandId("c-1")
          .setName("circuit.reset")
          .setSubject("notion")
          .setIssuedAt(Instant.EPOCH)
          .build();

  private static CommandRun report(Optional<CommandResult> answer) {
    var out = new StringWriter();
    var err = new StringWriter();
    var line = BackstopCommand.commandLine(new PrintWriter(out, true), new PrintWriter(err, true));
    int exitCode = CommandOptions.report(line.getCommandSpec(), RESET, answer);
    return new CommandRun(exitCode, out.toString(), err.toString());
  }

  private static Optional<CommandResult> answer(CommandStatus status, String message) {
    return Optional.of(
        CommandResult.newBuilder()
            .setCommandId("c-1")
            .setStatus(status)
            .setMessage(message)
            .setCompletedAt(Instant.EPOCH)
            .build());
  }

  @Test
  void shouldSayWhatWasDone() {
    var run = report(answer(CommandStatus.DONE, "the circuit of notion is closed"));

    assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(run.outLines()).containsExactly("the circuit of notion is closed");
  }

  @Test
  void shouldNotTakeForRefusedWhatHasBegun() {
    var run = report(answer(CommandStatus.ACCEPTED, ""));

    assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(run.outLines()).containsExactly("begun");
  }

  @Test
  void shouldSayWhyACommandWasRefused() {
    var run = report(answer(CommandStatus.REFUSED, "there is no such service"));

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err())
        .isEqualToIgnoringNewLines("backstop: circuit.reset refused: there is no such service");
  }

  @Test
  void shouldSayThatACommandNobodyAnsweredIsStillToBeDone() {
    var run = report(Optional.empty());

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err())
        .contains("no processor answered within 30 s", "c-1", "as soon as one runs")
        .hasLineCount(1);
  }
}
