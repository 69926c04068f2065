package io.backstop.cli;

import picocli.CommandLine.Command;

/** {@code backstop circuits reset}. */
@Command(
    name = "reset",
    mixinStandardHelpOptions = true,
    description = "Closes the circuit, whatever its state, and forgets the failures so far.")
final class CircuitResetCommand extends CircuitOrder {
  CircuitResetCommand() {
    super("circuit.reset");
  }
}
