package io.backstop.cli;

import io.backstop.action.Command;
import io.backstop.action.FleetState;
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
import io.backstop.config.StartupException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
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
  private final ExpectOption expected;
  private final InstanceOption instance;
  private final boolean json;
  private final Problems problems;

  TopicReplay(
      CommandSpec spec,
      BackstopConfig settings,
      ReplayOptions how,
      ExpectOption expected,
      InstanceOption instance,
      boolean json) {
    this.spec = spec;
    this.settings = settings;
    this.how = how;
    this.expected = expected;
    this.instance = instance;
    this.json = json;
    this.problems = new Problems(spec.commandLine().getErr());
  }

  /** Of what was seen on the way. */
  int exitCode() {
    return problems.exitCode();
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
      show(past, range, requests, command.isPresent());
      Optional<String> other = expected.problem(requests.count(), Optional.empty());
      other.ifPresent(each -> problems.accept(each + "; nothing was sent"));
      return command.isPresent() && requests.count() > 0 && other.isEmpty()
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

  private void show(PastRequests past, RequestRange range, PastSelection requests, boolean sent) {
    PastPreview preview = preview(past, range, requests);
    ReplayTime time = ReplayTime.of(preview.load(), how.rate(), how.ramp());
    PastSelectionText text = new PastSelectionText(past.topic(), range, requests, preview, time);
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
    if (!sent && requests.count() > 0) {
      out.println(
          "Nothing was sent: --yes --reason WHY replays them; with --expect %d, too, only if they are"
                  .formatted(requests.count())
              + " still as many.");
    }
  }

  private PastPreview preview(PastRequests past, RequestRange range, PastSelection requests) {
    Policies policies = new Policies(settings);
    Map<String, FleetState> states;
    try (FleetStates fleet = FleetStates.open(settings, problems)) {
      states = fleet.read();
    }
    TargetState.applyChanges(policies, states);
    PastPreview preview =
        new PastPreview(
            QueryOptions.find(settings, instance, problems)
                .map(client -> new Asking(spec.commandLine(), client, problems)),
            how.forcesNewGeneration(),
            target -> TargetState.of(target, policies, states),
            requests.first().stream().map(PastSelection.Row::place).toList());
    past.read(
        range,
        (original, request) -> {
          if (requests.has(original, request)) {
            String action = request.orElseThrow().getAction();
            preview.add(original, request.get(), how.to().orElse(action));
          }
        });
    preview.finish();
    return preview;
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
      if (staged.count() != requests.count()) {
        throw new StartupException(
            "%,d requests were counted, but only %,d are there now: nothing is replayed; try again"
                .formatted(requests.count(), staged.count()));
      }
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
