package io.backstop.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code backstop strategies reset}. */
@Command(
    name = "reset",
    mixinStandardHelpOptions = true,
    description = "Puts the strategy of an action back to what is configured, in every instance.")
final class StrategyResetCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "ACTION", description = "For example notion:createPage.")
  private String action;

  @Mixin private CommandOptions options;

  @Override
  public Integer call() {
    return options.send(spec, options.load(), "strategies.reset", action, Map.of());
  }
}
