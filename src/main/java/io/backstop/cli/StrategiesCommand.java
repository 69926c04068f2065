package io.backstop.cli;

import io.backstop.config.BackstopConfig;
import io.backstop.config.NearestName;
import java.util.SortedMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code backstop strategies list} and {@code show}; the others have classes of their own. */
@Command(
    name = "strategies",
    mixinStandardHelpOptions = true,
    description = {
      "Shows and sets what is done when an action fails: its fallback steps, in order.",
      "set and reset change it in every instance, without restart."
    },
    subcommands = {StrategySetCommand.class, StrategyResetCommand.class})
final class StrategiesCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Shows the steps of every action, and where they come from.")
  int list(
      @Mixin ConfigOptions config,
      @Option(names = "--json", description = "One JSON object per line.") boolean json) {
    var out = spec.commandLine().getOut();
    var problems = new Problems(spec.commandLine().getErr());
    BackstopConfig settings = config.load();
    SortedMap<String, StrategyLine> strategies = StrategyLine.all(settings, problems);
    if (!json) {
      out.println(StrategyLine.TABLE.head());
    }
    strategies.values().forEach(each -> out.println(each.text(json)));
    if (!json && !settings.fallback().enabled()) {
      out.println("Fallbacks are switched off: backstop.fallback.enabled is false.");
    }
    return problems.exitCode();
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows all of the strategy of one action.")
  int show(
      @Mixin ConfigOptions config,
      @Parameters(paramLabel = "ACTION", description = "For example notion:createPage.")
          String action,
      @Option(names = "--json", description = "One JSON object.") boolean json) {
    var out = spec.commandLine().getOut();
    var problems = new Problems(spec.commandLine().getErr());
    SortedMap<String, StrategyLine> strategies = StrategyLine.all(config.load(), problems);
    StrategyLine strategy = strategies.get(action);
    if (strategy == null) {
      String hint =
          NearestName.of(action, strategies.keySet())
              .map(nearest -> "did you mean " + nearest + "? ")
              .orElse("");
      throw new ParameterException(
          spec.commandLine(),
          "no action '%s': %sknown are %s"
              .formatted(action, hint, String.join(", ", strategies.keySet())));
    }
    if (json) {
      out.println(strategy.json());
    } else {
      strategy.details().forEach(out::println);
    }
    return problems.exitCode();
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say 'list', 'show', 'set' or 'reset'");
  }
}
