package io.backstop.cli;

import io.backstop.action.LetterStatus;
import io.backstop.action.Selection;
import io.backstop.action.SelectionFilter;
import io.backstop.client.CheckedPatch;
import io.backstop.config.BackstopConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code backstop replay}. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Sends dead letters in again, or requests of the past from their topic.",
      "Those with ids at once; those of a filter are only previewed, unless --yes is given: then",
      "exactly those are sent that have just been counted. The status is OPEN where none is given.",
      "It stays until all have ended; Ctrl-C detaches."
    },
    subcommands = {
      ReplayListCommand.class,
      ReplayPauseCommand.class,
      ReplayResumeCommand.class,
      ReplayCancelCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "  0:all succeeded, or were suppressed as done; or only previewed, detached",
      "  1:refused or not answered; or some failed again, or were left as they were",
      "  2:the command line is wrong",
      "  3:cannot start: no instance answers, configuration, broker, registry",
      "  4:stopped before its end: it was cancelled, or has stopped by itself"
    })
final class ReplayCommand implements Callable<Integer> {
  /** A command has at most 256 KB. */
  private static final int MOST_ID_CHARACTERS = 200_000;

  @Spec private CommandSpec spec;

  @Parameters(arity = "0..*", paramLabel = "ID", description = "Ids of dead letters.")
  private List<String> ids = new ArrayList<>();

  @Option(names = "--all", description = "All letters, where no filter is given.")
  private boolean all;

  @Option(names = "--yes", description = "Send, for letters of a filter and requests of a topic.")
  private boolean yes;

  @Option(names = "--dry-run", description = "Only show what would be sent.")
  private boolean dryRun;

  @Mixin private ExpectOption expected;
  @Mixin private LetterFilterOptions filter;
  @Mixin private TopicRangeOptions topic;
  @Mixin private ReplayOptions how;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      converter = Limit.Converter.class,
      description = "Show only the first N. Default: ${DEFAULT-VALUE}. All are counted and sent.")
  private Limit limit;

  @Option(names = "--detach", description = "Do not wait for the end.")
  private boolean detach;

  @Option(
      names = "--follow",
      paramLabel = "ID",
      description = "Come back to a running replay; sends nothing.")
  private String follow;

  @Option(
      names = "--json",
      description = "The preview as one JSON object, then one for each change.")
  private boolean json;

  @Mixin private CommandOptions options;
  @Mixin private InstanceOption instance;

  @Override
  public Integer call() {
    check();
    BackstopConfig settings = options.load();
    if (follow != null) {
      return new ReplayFollowing(spec, settings, json).follow(follow, false);
    }
    return topic.isFromTopic() ? replayTopic(settings) : replayLetters(settings);
  }

  private int replayTopic(BackstopConfig settings) {
    SelectionFilter given = filter.filter();
    var wanted = topic.wanted(spec.commandLine(), given);
    Optional<io.backstop.action.Command.Builder> order =
        yes ? Optional.of(order(Optional.empty())) : Optional.empty();
    TopicReplay replay = new TopicReplay(spec, settings, how, expected, instance, json);
    return replay
        .prepare(wanted, given, limit.count(), order)
        .map(command -> send(settings, command))
        .orElseGet(replay::exitCode);
  }

  private int replayLetters(BackstopConfig settings) {
    CommandLine command = spec.commandLine();
    Optional<CheckedPatch> patch = how.patch(command);
    Problems problems = new Problems(command.getErr());
    Asking asking = new Asking(command, QueryOptions.open(settings, instance, problems), problems);
    SelectionFilter wanted = filter.filter(Optional.of(LetterStatus.OPEN));
    ReplayPreview preview =
        ids.isEmpty()
            ? ReplayPreview.ofFilter(asking, wanted, how.previewParameters(patch), limit.count())
            : ReplayPreview.ofIds(asking, ids, how.previewParameters(patch), ids.size());
    boolean sends = !dryRun && (yes || !ids.isEmpty()) && preview.count() > 0;
    boolean fits = new LettersReplay(spec, how, json).show(asking, preview, patch, sends);
    if (!ids.isEmpty()) {
      LettersReplay.gone(preview).forEach(id -> problems.accept("there is no dead letter " + id));
    }
    expected.problem(preview.count(), Optional.of(preview.hash())).ifPresent(problems);
    if (!sends) {
      return end(preview, problems);
    } else if (!fits || problems.exitCode() != ExitCode.OK) {
      problems.accept("nothing was sent, see above");
      return ExitCode.FAILED;
    }
    Selection selection = ids.isEmpty() ? preview.selection(wanted) : preview.selection(ids);
    return send(settings, order(patch).setSelection(selection).build());
  }

  private int end(ReplayPreview preview, Problems problems) {
    if (!json && preview.count() > 0) {
      spec.commandLine()
          .getOut()
          .println(
              ids.isEmpty()
                  ? "Nothing was sent: --yes --reason WHY replays them; with --expect %s, too, only"
                          .formatted(preview.hash())
                      + " if they are still these."
                  : "Nothing was sent: leaving out --dry-run replays them.");
    }
    return problems.exitCode();
  }

  private io.backstop.action.Command.Builder order(Optional<CheckedPatch> patch) {
    return options
        .command("replay.start", "", how.arguments(patch))
        .setCommandId(ReplayStart.newId());
  }

  private int send(BackstopConfig settings, io.backstop.action.Command command) {
    ReplayStart start = new ReplayStart(spec, settings, json);
    start.announce(command.getCommandId());
    if (!start.send(command)) {
      return ExitCode.FAILED;
    } else if (detach) {
      spec.commandLine()
          .getErr()
          .printf("'backstop replay --follow %s' follows it.%n", command.getCommandId());
      return ExitCode.OK;
    }
    return new ReplayFollowing(spec, settings, json).follow(command.getCommandId(), true);
  }

  private void check() {
    expected.check(spec.commandLine());
    how.check(spec.commandLine(), topic.isFromTopic());
    boolean bulk = ids.isEmpty() && follow == null;
    if (yes && dryRun) {
      throw wrong("--yes sends and --dry-run does not: give one of them");
    } else if (follow != null
        && (!ids.isEmpty() || topic.isFromTopic() || !filter.isEmpty() || all || yes || dryRun)) {
      throw wrong("--follow comes back to a replay that runs: leave out what to replay");
    } else if (ids.stream().anyMatch(String::isBlank)) {
      throw wrong("ID is empty: 'dead-letters list' has ids");
    } else if (!ids.isEmpty() && (all || topic.isFromTopic() || !filter.isEmpty())) {
      throw wrong("give ids, or filters, or --from-topic: one of them");
    } else if (bulk && !topic.isFromTopic() && filter.isEmpty() && !all) {
      throw wrong("say what to replay: ids, filters (--status OPEN, say), --all or --from-topic");
    } else if (ids.stream().mapToInt(String::length).sum() > MOST_ID_CHARACTERS) {
      throw wrong("%,d ids are too many for one command: give fewer".formatted(ids.size()));
    } else if (KnownNames.isReasonCode(options.reason().orElse(""))) {
      throw wrong("--reason says why you want it; the filter is --reason-code");
    } else if (bulk && yes && options.reason().isEmpty()) {
      throw wrong("--reason is missing: say why, it stands in the audit log");
    }
    if (!topic.isFromTopic()) {
      topic.refuseOffsets(spec.commandLine());
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
