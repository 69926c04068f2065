package io.backstop.cli;

import io.backstop.action.EventType;
import io.backstop.topology.Topics;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code backstop events}. */
@Command(
    name = "events",
    mixinStandardHelpOptions = true,
    description = {
      "Prints what happened: circuits that opened and closed, requests that succeeded, failed,",
      "were rejected.",
      "Without --follow: the events there are, oldest first within a partition.",
      "With --follow: those that come from now on, until Ctrl-C."
    })
final class EventsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ReadingOptions reading;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      split = ",",
      converter = KnownNames.EventTypes.class,
      completionCandidates = KnownNames.EventTypes.class,
      description = "Only these, separated by commas: ${COMPLETION-CANDIDATES}.")
  private Set<EventType> types = Set.of();

  @Override
  public Integer call() throws IOException {
    return reading.print(
        spec,
        Topics::events,
        new EventView(),
        event -> types.isEmpty() || types.contains(event.getType()));
  }
}
