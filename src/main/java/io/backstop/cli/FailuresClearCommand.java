package io.backstop.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code backstop failures clear}. */
@Command(
    name = "clear",
    mixinStandardHelpOptions = true,
    description = "Forgets what failed at a service or at all of them, in every instance.")
final class FailuresClearCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--all", description = "Those of every service.")
  private boolean all;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "SERVICE",
      description = "Those of this service, for example notion.")
  private String service;

  @Mixin private CommandOptions options;

  @Override
  public Integer call() {
    if (all == (service != null)) {
      throw new ParameterException(spec.commandLine(), "give a SERVICE or --all");
    }
    return options.send(spec, options.load(), "failures.clear", all ? "" : service, Map.of());
  }
}
