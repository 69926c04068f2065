package io.backstop.cli;

import picocli.CommandLine.Command;

/** {@code backstop circuits force-open}. */
@Command(
    name = "force-open",
    mixinStandardHelpOptions = true,
    description =
        "Opens the circuit until an operator says otherwise: no call is made. 'circuits reset' puts it back.")
final class CircuitForceOpenCommand extends CircuitOrder {
  CircuitForceOpenCommand() {
    super("circuit.force-open");
  }
}
