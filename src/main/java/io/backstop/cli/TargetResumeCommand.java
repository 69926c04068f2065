package io.backstop.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code backstop targets resume}. */
@Command(
    name = "resume",
    mixinStandardHelpOptions = true,
    description = "Lets the work of a paused target go on, in every instance.")
final class TargetResumeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "TARGET", description = "For example notion:createPage.")
  private String target;

  @Mixin private CommandOptions options;

  @Override
  public Integer call() {
    return options.send(spec, options.load(), "targets.resume", target, Map.of());
  }
}
