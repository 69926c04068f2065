package io.backstop.cli;

import io.backstop.action.FleetKey;
import io.backstop.action.TargetPause;
import io.backstop.client.FleetStates;
import io.backstop.executor.ActionExecutor;
import io.backstop.executor.Targets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code backstop targets list}; the others have classes of their own. */
@Command(
    name = "targets",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what actions can be done, and pauses and resumes them.",
      "What is for a paused target waits, in every instance, until it is resumed."
    },
    subcommands = {TargetPauseCommand.class, TargetResumeCommand.class})
final class TargetsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description =
          "Shows every target: its service, whether it can be a fallback step, its pause.")
  int list(
      @Mixin ConfigOptions config,
      @Option(names = "--json", description = "One JSON object per line.") boolean json) {
    var out = spec.commandLine().getOut();
    var problems = new Problems(spec.commandLine().getErr());
    Map<String, TargetLine> lines = new TreeMap<>();
    for (ActionExecutor executor : Targets.load().all()) {
      String name = executor.target().name();
      lines.put(
          name, new TargetLine(name, Optional.of(executor.servesAsFallback()), Optional.empty()));
    }
    try (var fleet = FleetStates.open(config.load(), problems)) {
      fleet
          .read()
          .forEach(
              (key, state) -> {
                if (FleetKey.PAUSE.matches(key) && state.getPause() != null) {
                  pause(lines, FleetKey.PAUSE.scope(key), state.getPause());
                }
              });
    }
    if (!json) {
      out.println(TargetLine.TABLE.head());
    }
    lines.values().forEach(each -> out.println(each.text(json)));
    return problems.exitCode();
  }

  /** The processors may have targets that this process has not. */
  private static void pause(Map<String, TargetLine> lines, String target, TargetPause pause) {
    Optional<Boolean> fallback =
        Optional.ofNullable(lines.get(target)).flatMap(TargetLine::fallback);
    lines.put(target, new TargetLine(target, fallback, Optional.of(pause)));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say 'list', 'pause' or 'resume'");
  }
}
