package io.backstop.cli;

import picocli.CommandLine.Command;

/** {@code backstop circuits disable}. */
@Command(
    name = "disable",
    mixinStandardHelpOptions = true,
    description =
        "Makes calls whatever comes of them, until an operator says otherwise. 'circuits reset' puts it back.")
final class CircuitDisableCommand extends CircuitOrder {
  CircuitDisableCommand() {
    super("circuit.disable");
  }
}
