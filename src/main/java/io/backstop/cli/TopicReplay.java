package io.backstop.cli;

import io.backstop.action.Command;
import io.backstop.action.LetterSet;
import io.backstop.action.Selection;
import io.backstop.action.SelectionFilter;
import io.backstop.client.FleetStates;
import io.backstop.client.InvalidRequestException;
import io.backstop.client.PastRequests;
import io.backstop.client.RequestRange;
import io.backstop.client.RequestStaging;
import io.backstop.client.TargetState;
import io.backstop.config.BackstopConfig;
import io.backstop.config.Policies;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Replays requests from their own topic: reads the range once to count, and once more to put each
 * on the desk of its partition, from where the fleet sends it in like any replay.
 */
final class TopicReplay {
  private final CommandSpec spec;
  private final BackstopConfig settings;
  private final ReplayOptions how;
  private final boolean json;

  TopicReplay(CommandSpec spec, BackstopConfig settings, ReplayOptions how, boolean json) {
    this.spec = spec;
    this.settings = settings;
    this.how = how;
    this.json = json;
  }

  /**
   * Counts and shows, and stages where that is asked for.
   *
   * @param command to be completed; empty for a dry run
   * @return the command to send; empty when there is nothing to send
   */
  Optional<Command> prepare(
      RequestRange.Wanted wanted,
      SelectionFilter filter,
      int show,
      Optional<Command.Builder> command) {
    try (PastRequests past = PastRequests.open(settings)) {
      RequestRange range = range(past, wanted);
      PastSelection requests = new PastSelection(filter, how.forcesNewGeneration(), show);
      past.read(range, requests::add);
      show(past.topic(), range, requests, command.isPresent());
      return command.isPresent() && requests.count() > 0
          ? Optional.of(staged(past, range, requests, command.get()))
          : Optional.empty();
    }
  }

  private RequestRange range(PastRequests past, RequestRange.Wanted wanted) {
    try {
      return past.range(wanted);
    } catch (InvalidRequestException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private void show(String topic, RequestRange range, PastSelection requests, boolean sent) {
    PastSelectionText text = new PastSelectionText(topic, range, requests, time(requests));
    var out = spec.commandLine().getOut();
    if (json) {
      out.println(text.json().put("dryRun", !sent));
      return;
    }
    if (!sent && requests.count() > 0) {
      text.requests().forEach(out::println);
      out.println();
    }
    text.totals().forEach(out::println);
    if (!sent) {
      out.println("Nothing was sent: --yes --reason WHY replays them.");
    }
  }

  private ReplayTime time(PastSelection requests) {
    Problems problems = new Problems(spec.commandLine().getErr());
    Policies policies = new Policies(settings);
    try (FleetStates fleet = FleetStates.open(settings, problems)) {
      var states = fleet.read();
      TargetState.applyChanges(policies, states);
      Map<String, Long> calls = new TreeMap<>();
      Map<String, Double> limits = new TreeMap<>();
      requests
          .actions()
          .forEach(
              (action, count) -> {
                TargetState target = TargetState.of(how.to().orElse(action), policies, states);
                calls.merge(target.scope(), count, Long::sum);
                target.callsPerSecond().ifPresent(limit -> limits.put(target.scope(), limit));
              });
      return ReplayTime.of(
          new ReplayTime.Load(requests.count(), calls, limits), how.rate(), how.ramp());
    }
  }

  private Command staged(
      PastRequests past, RequestRange range, PastSelection requests, Command.Builder command) {
    try (RequestStaging staging =
        RequestStaging.open(settings, command.getCommandId(), InstantSource.system())) {
      past.read(
          range,
          (original, request) -> {
            if (requests.has(original, request)) {
              staging.stage(original);
            }
          });
      LetterSet staged = staging.finish();
      return command
          .setSelection(
              Selection.newBuilder()
                  .setStaged(true)
                  .setCount(staged.count())
                  .setHash(staged.hash())
                  .build())
          .build();
    }
  }
}
