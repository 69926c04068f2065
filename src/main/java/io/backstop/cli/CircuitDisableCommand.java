package io.backstop.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code backstop circuits disable}. */
@Command(
    name = "disable",
    mixinStandardHelpOptions = true,
    description =
        "Makes calls whatever comes of them, until an operator says otherwise. 'circuits reset' puts it back.")
final class CircuitDisableCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private CircuitSubject subject;

  @Mixin private CommandOptions options;

  @Override
  public Integer call() {
    MisplacedOptions.refuse(spec);
    var settings = options.load();
    subject.states(spec, settings);
    return options.send(spec, settings, "circuit.disable", subject.scope(), Map.of());
  }
}
