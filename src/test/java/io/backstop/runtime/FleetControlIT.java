package io.backstop.runtime;

import static io.backstop.action.CircuitState.CLOSED;
import static io.backstop.action.CircuitState.FORCED_OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.Command;
import io.backstop.action.CommandResult;
import io.backstop.action.CommandStatus;
import io.backstop.action.DeadLetter;
import io.backstop.action.EventType;
import io.backstop.action.FailureClass;
import io.backstop.client.Commands;
import io.backstop.testing.BrokerExtension;
import io.backstop.testing.TestConfig;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What an operator commands holds in every instance, without a restart. */
class FleetControlIT {
  @RegisterExtension static final BrokerExtension BROKER = new BrokerExtension();

  @TempDir private Path temp;
  private FleetScenario fleet;
  private Commands commands;

  @BeforeEach
  void start() {
    fleet = new FleetScenario(BROKER, temp);
    fleet.startAll();
    commands = Commands.open(TestConfig.with(fleet.flow.settings()));
    fleet.load(60);
    fleet.awaitEveryoneCalls();
  }

  @AfterEach
  void close() {
    commands.close();
    fleet.close();
  }

  @Test
  void shouldForceACircuitOpenAndResetIt() {
    CommandResult opened = send("c-1", "circuit.force-open", Map.of());
    awaitQuiet();
    int calls = fleet.service.calls().size();
    fleet.awaitLetterOfEveryPartition(FailureClass.CIRCUIT_OPEN);
    CommandResult again = send("c-1", "circuit.force-open", Map.of());
    long version = fleet.watch.version();
    int callsWhileOpen = fleet.service.calls().size() - calls;
    CommandResult reset = send("c-2", "circuit.reset", Map.of());
    fleet.awaitEveryoneCalls();
    fleet.endLoad();

    fleet.assertOneOutcomeEach();
    assertThat(callsWhileOpen).isZero();
    assertThat(opened.getStatus()).isEqualTo(CommandStatus.DONE);
    assertThat(again.getStatus()).isEqualTo(CommandStatus.DONE);
    assertThat(reset.getStatus()).isEqualTo(CommandStatus.DONE);
    assertThat(fleet.watch.first(FORCED_OPEN, 0).status().getVersion())
        .as("version after the second command under the same id")
        .isEqualTo(version);
    assertThat(fleet.watch.events(EventType.CIRCUIT_FORCED_OPEN)).hasSize(1);
    assertThat(fleet.watch.state()).isEqualTo(CLOSED);
  }

  @Test
  void shouldChangeASettingInEveryInstance() {
    Map<String, String> tooShort = Map.of("timeout", "5ms", "circuit.failure-threshold", "1000");
    CommandResult done = send("c-1", "circuit.configure", tooShort);
    fleet.awaitLetterOfEveryPartition(FailureClass.TIMEOUT);
    CommandResult again = send("c-1", "circuit.configure", tooShort);
    CommandResult wrong = send("c-2", "circuit.configure", Map.of("timeout", "soon"));
    fleet.endLoad();

    fleet.assertOneOutcomeEach();
    assertThat(done.getStatus()).as(done.getMessage()).isEqualTo(CommandStatus.DONE);
    assertThat(again.getStatus()).isEqualTo(CommandStatus.DONE);
    assertThat(wrong.getStatus()).isEqualTo(CommandStatus.REFUSED);
    assertThat(fleet.watch.events(EventType.SETTINGS_CHANGED)).hasSize(1);
    assertThat(fleet.flow.letters())
        .extracting(DeadLetter::getFailureClass)
        .containsOnly(FailureClass.TIMEOUT);
  }

  private CommandResult send(String id, String name, Map<String, String> arguments) {
    var command =
        Command.newBuilder()
            .setCommandId(id)
            .setName(name)
            .setSubject(FleetScenario.SERVICE)
            .setActor("test")
            .setIssuedAt(Instant.now())
            .setArguments(arguments)
            .build();
    return commands.send(command, FleetScenario.PATIENCE).orElseThrow();
  }

  /** Waits until half a second has passed in which nobody called, although there were requests. */
  private void awaitQuiet() {
    FleetScenario.await(
        "no calls", () -> fleet.service.callsSince(System.currentTimeMillis() - 500).isEmpty());
  }
}
