package io.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backstop.config.StartupException;
import io.backstop.simulator.Simulator;
import io.backstop.simulator.SimulatorOptions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class SimulatorCommandTest {

  @Test
  void shouldExplainItsOptions() {
    StringWriter out = new StringWriter();

    int exitCode =
        new CommandLine(new SimulatorCommand()).setOut(new PrintWriter(out)).execute("--help");

    assertThat(exitCode).isZero();
    assertThat(out.toString()).contains("--port", "--seed", "--latency", "--faults", "--mailbox");
  }

  @Test
  void shouldFailWhenThePortIsInUse() {
    try (Simulator other = Simulator.start(SimulatorOptions.ephemeral())) {
      SimulatorCommand command = parsed("--port", Integer.toString(other.port()));

      assertThatThrownBy(command::call)
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("cannot listen");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--port,70000,--port 70000",
    "--smtp-port,70000,--smtp-port 70000",
    "--latency,jira=5,jira",
    "--errors,2,--errors",
    "--outage,jira,--outage"
  })
  void shouldNameTheWrongOption(String option, String value, String named) {
    SimulatorCommand command = parsed(option, value);

    assertThatThrownBy(command::call)
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(named);
  }

  @Test
  void shouldNameTheFaultsFileThatIsNotThere(@TempDir Path directory) {
    SimulatorCommand command = parsed("--faults", directory.resolve("none.json").toString());

    assertThatThrownBy(command::call)
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("none.json");
  }

  private static SimulatorCommand parsed(String... arguments) {
    SimulatorCommand command = new SimulatorCommand();
    new CommandLine(command).parseArgs(arguments);
    return command;
  }
}
