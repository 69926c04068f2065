package io.backstop.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code backstop targets pause}. */
@Command(
    name = "pause",
    mixinStandardHelpOptions = true,
    description = "Lets the work of a target wait, in every instance, until it is resumed.")
final class TargetPauseCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "TARGET", description = "For example notion:createPage.")
  private String target;

  @Mixin private CommandOptions options;

  @Override
  public Integer call() {
    return options.send(spec, options.load(), "targets.pause", target, Map.of());
  }
}
