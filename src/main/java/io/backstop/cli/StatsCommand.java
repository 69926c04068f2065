package io.backstop.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.backstop.action.FallbackStatistics;
import io.backstop.action.FleetKey;
import io.backstop.action.FleetState;
import io.backstop.client.FleetStates;
import io.backstop.serde.AvroJson;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code backstop stats}. */
@Command(
    name = "stats",
    mixinStandardHelpOptions = true,
    description = "Shows how often fallbacks were used in the fleet, and what waits to be retried.")
final class StatsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions config;

  @Option(names = "--json", description = "One JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Problems problems = new Problems(spec.commandLine().getErr());
    try (FleetStates fleet = FleetStates.open(config.load(), problems)) {
      Optional<FallbackStatistics> statistics =
          Optional.ofNullable(fleet.read().get(FleetKey.FALLBACKS.of("")))
              .map(FleetState::getFallbacks);
      if (json) {
        out.println(
            statistics
                .map(AvroJson::of)
                .orElseGet(JsonNodeFactory.instance::objectNode)
                .toString());
      } else if (statistics.isPresent()) {
        StatsText.lines(statistics.get()).forEach(out::println);
      } else {
        out.println("No processor has reported a fallback or a request that waits for a retry.");
      }
    }
    return problems.exitCode();
  }
}
