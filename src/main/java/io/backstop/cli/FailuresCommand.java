package io.backstop.cli;

import io.backstop.client.FleetStates;
import io.backstop.config.BackstopConfig;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code backstop failures list}; the other one has a class of its own. */
@Command(
    name = "failures",
    mixinStandardHelpOptions = true,
    description = {
      "Shows and clears what failed lately. A service that failed too often is skipped at once by",
      "requests that allow it."
    },
    subcommands = FailuresClearCommand.class)
final class FailuresCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Shows the requests that failed at a service within the window, newest first.")
  int list(
      @Mixin ConfigOptions config,
      @Option(names = "--json", description = "One JSON object per service and line.")
          boolean json) {
    var out = spec.commandLine().getOut();
    var problems = new Problems(spec.commandLine().getErr());
    BackstopConfig settings = config.load();
    try (var fleet = FleetStates.open(settings, problems)) {
      List<FailureLines> services =
          FailureLines.of(fleet.read(), settings.fallback().skip(), Instant.now());
      if (json) {
        services.forEach(each -> out.println(each.json()));
      } else if (services.stream().allMatch(each -> each.failures().isEmpty())) {
        out.println("Nothing failed within the window.");
      } else {
        out.println(FailureLines.TABLE.head());
        services.forEach(each -> each.rows().forEach(out::println));
        services.forEach(each -> each.skipped().ifPresent(out::println));
      }
    }
    return problems.exitCode();
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say 'list' or 'clear'");
  }
}
