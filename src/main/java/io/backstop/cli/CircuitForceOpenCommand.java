package io.backstop.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code backstop circuits force-open}. */
@Command(
    name = "force-open",
    mixinStandardHelpOptions = true,
    description =
        "Opens the circuit until an operator says otherwise: no call is made. 'circuits reset' puts it back.")
final class CircuitForceOpenCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private CircuitSubject subject;

  @Mixin private CommandOptions options;

  @Override
  public Integer call() {
    MisplacedOptions.refuse(spec);
    var settings = options.load();
    subject.states(spec, settings);
    return options.send(spec, settings, "circuit.force-open", subject.scope(), Map.of());
  }
}
