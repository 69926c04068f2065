package io.backstop.cli;

import io.backstop.topology.Topics;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code backstop results}. */
@Command(
    name = "results",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the results of requests.",
      "Without --follow: those there are, oldest first within a partition.",
      "With --follow: those that come from now on, until Ctrl-C."
    })
final class ResultsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ReadingOptions reading;

  @Override
  public Integer call() throws IOException {
    return reading.print(spec, Topics::results, new ResultView(), result -> true);
  }
}
