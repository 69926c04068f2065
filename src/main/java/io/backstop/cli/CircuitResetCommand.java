package io.backstop.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code backstop circuits reset}. */
@Command(
    name = "reset",
    mixinStandardHelpOptions = true,
    description = "Closes the circuit, whatever its state, and forgets the failures so far.")
final class CircuitResetCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private CircuitSubject subject;

  @Mixin private CommandOptions options;

  @Override
  public Integer call() {
    MisplacedOptions.refuse(spec);
    var settings = options.load();
    subject.states(spec, settings);
    return options.send(spec, settings, "circuit.reset", subject.scope(), Map.of());
  }
}
