package io.backstop.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.backstop.action.CacheCounts;
import io.backstop.action.FleetKey;
import io.backstop.action.FleetState;
import io.backstop.client.FleetStates;
import io.backstop.serde.AvroJson;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code backstop cache stats}; the other one has a class of its own. */
@Command(
    name = "cache",
    mixinStandardHelpOptions = true,
    description = "Shows and clears the results that are kept to be served again.",
    subcommands = CacheClearCommand.class)
final class CacheCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Command(
      name = "stats",
      mixinStandardHelpOptions = true,
      description = "Shows what the cache of the fleet holds, and how often it helped.")
  int stats(
      @Mixin ConfigOptions config,
      @Option(names = "--json", description = "One JSON object.") boolean json) {
    var out = spec.commandLine().getOut();
    var problems = new Problems(spec.commandLine().getErr());
    try (var fleet = FleetStates.open(config.load(), problems)) {
      Optional<CacheCounts> counts =
          Optional.ofNullable(fleet.read().get(FleetKey.CACHE.of(""))).map(FleetState::getCache);
      if (json) {
        out.println(
            counts.map(AvroJson::of).orElseGet(JsonNodeFactory.instance::objectNode).toString());
      } else if (counts.isPresent()) {
        CacheText.lines(counts.get(), Instant.now()).forEach(out::println);
      } else {
        out.println("No processor has reported anything cached.");
      }
    }
    return problems.exitCode();
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say 'stats' or 'clear'");
  }
}
