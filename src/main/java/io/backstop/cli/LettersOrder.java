package io.backstop.cli;

import io.backstop.action.Command;
import io.backstop.action.CommandResult;
import io.backstop.action.CommandStatus;
import io.backstop.action.LetterStatus;
import io.backstop.action.Selection;
import io.backstop.client.Commands;
import io.backstop.client.QueryClient;
import io.backstop.config.BackstopConfig;
import io.backstop.executor.Json;
import io.backstop.serde.AvroJson;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A command that changes dead letters: those with some ids at once, those of a filter by --yes. */
abstract class LettersOrder implements Callable<Integer> {
  /** A command has at most 256 KB. */
  private static final int MOST_ID_BYTES = 200_000;

  private final String command;
  private final String deed;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "ID",
      description = "Ids of letters; or give filters instead.")
  private List<String> ids = new ArrayList<>();

  @Option(names = "--yes", description = "Do it, for letters given by filters.")
  private boolean yes;

  @Option(
      names = "--dry-run",
      description = "Only count and show; what is done with filters unless --yes is given.")
  private boolean dryRun;

  @Option(names = "--detach", description = "Do not wait for the end.")
  private boolean detach;

  @Option(names = "--json", description = "Say what came of it as one JSON object.")
  private boolean json;

  @Mixin private ExpectOption expected;
  @Mixin private LetterFilterOptions filter;
  @Mixin private CommandOptions options;
  @Mixin private InstanceOption instance;

  /**
   * @param command its name on the topic of commands
   * @param deed what is done to letters: {@code dismissed}
   */
  LettersOrder(String command, String deed) {
    this.command = command;
    this.deed = deed;
  }

  /** Status of the letters that a filter is about where it names none. */
  Optional<LetterStatus> usualStatus() {
    return Optional.empty();
  }

  /** Further words of the command. Called first, and may take ids that are none. */
  abstract Map<String, String> arguments();

  /** Whether a command for letters given by filters needs a reason. */
  boolean needsReason() {
    return true;
  }

  final CommandSpec spec() {
    return spec;
  }

  final List<String> ids() {
    return ids;
  }

  final ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  @Override
  public final Integer call() {
    Map<String, String> arguments = arguments();
    check();
    BackstopConfig settings = options.load();
    Problems problems = new Problems(spec.commandLine().getErr());
    Asking asking =
        new Asking(spec.commandLine(), QueryOptions.open(settings, instance, problems), problems);
    PinnedLetters letters =
        ids.isEmpty()
            ? PinnedLetters.ofFilter(asking, filter.filter(usualStatus()))
            : PinnedLetters.ofIds(ids);
    ids.forEach(id -> requireLetter(asking, id));
    expected
        .problem(letters.count(), Optional.of(letters.selection().getHash()))
        .ifPresent(problems);
    if (problems.exitCode() != ExitCode.OK) {
      problems.accept("nothing was done, see above");
      return problems.exitCode();
    }
    boolean isDone = letters.count() > 0 && !dryRun && (yes || !ids.isEmpty());
    show(letters, isDone);
    return isDone ? send(settings, letters.selection(), arguments) : ExitCode.OK;
  }

  private void check() {
    expected.check(spec.commandLine());
    if (ids.isEmpty() == filter.isEmpty()) {
      throw wrong(
          ids.isEmpty()
              ? "give ids of letters, or filters that say which (--status OPEN, say)"
              : "give ids of letters or filters, not both");
    } else if (ids.stream().anyMatch(String::isBlank)) {
      throw wrong("ID is empty: 'dead-letters list' has ids");
    } else if (ids.stream().mapToInt(String::length).sum() > MOST_ID_BYTES) {
      throw wrong("%,d ids are too many for one command: give fewer".formatted(ids.size()));
    } else if (yes && dryRun) {
      throw wrong("--yes does it and --dry-run does not: give one of them");
    }
    String reason = options.reason().orElse("");
    if (ids.isEmpty() && needsReason() && reason.isEmpty() && !dryRun && yes) {
      throw wrong("--reason is missing: say why, it stands in the audit log");
    } else if (KnownNames.isReasonCode(reason)) {
      throw wrong(
          "--reason says why you want it; the filter is --reason-code %s".formatted(reason));
    }
  }

  private static void requireLetter(Asking asking, String id) {
    QueryClient.Reply reply =
        asking.client().get(LetterPaging.PATH + "/" + QueryClient.encoded(id), Map.of());
    if (!reply.isOk()) {
      asking.sayWhatIsMissing(reply.body());
      asking.problems().accept(reply.detail());
    }
  }

  private void show(PinnedLetters letters, boolean isDone) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      if (!isDone) {
        out.println(preview(letters));
      }
      return;
    }
    String words = JsonText.printable(SelectionText.of(letters.selection()));
    out.printf("%s%s%n", isDone ? "" : "Would be " + deed + ": ", words);
    letters
        .targets()
        .forEach((target, count) -> out.printf("  %,8d  %s%n", count, JsonText.printable(target)));
    if (!isDone && letters.count() > 0) {
      out.println(
          ids.isEmpty()
              ? "Nothing was changed: --yes does it; with --expect %s, too, only if they are still these."
                  .formatted(letters.selection().getHash())
              : "Nothing was changed: leaving out --dry-run does it.");
    }
  }

  private com.fasterxml.jackson.databind.JsonNode preview(PinnedLetters letters) {
    var preview = Json.object().put("dryRun", true).put("command", command);
    preview.set("selection", AvroJson.of(letters.selection()));
    var targets = preview.putObject("targets");
    letters.targets().forEach(targets::put);
    return preview;
  }

  private int send(BackstopConfig settings, Selection selection, Map<String, String> arguments) {
    PrintWriter err = spec.commandLine().getErr();
    Command order = options.command(command, "", arguments).setSelection(selection).build();
    Problems problems = new Problems(err);
    Optional<CommandResult> answer;
    try (var commands = Commands.open(settings);
        var progress = new OperationProgress(settings, order.getCommandId(), err, problems)) {
      answer =
          commands.send(order, CommandOptions.PATIENCE, detach ? Commands.Waiting.NOT : progress);
      if (answer.isEmpty() && progress.isGivenUp()) {
        err.printf(
            "Stopped waiting; command %s is on the topic, and is done as soon as a processor takes"
                + " it.%n",
            order.getCommandId());
        return ExitCode.FAILED;
      }
    }
    if (json && answer.isPresent()) {
      spec.commandLine().getOut().println(AvroJson.of(answer.get()));
    }
    return report(order, selection, answer);
  }

  private int report(Command order, Selection selection, Optional<CommandResult> answer) {
    boolean isSaid = json && answer.isPresent();
    int exitCode =
        isSaid
            ? answer.get().getStatus() == CommandStatus.REFUSED ? ExitCode.FAILED : ExitCode.OK
            : CommandOptions.report(spec, order, answer);
    long affected = answer.map(CommandResult::getAffected).orElse(0L);
    boolean isEnded = answer.map(each -> each.getStatus() == CommandStatus.DONE).orElse(false);
    if (isEnded && affected < selection.getCount()) {
      spec.commandLine()
          .getErr()
          .printf(
              "backstop: %,d of %s %s %s%n",
              affected,
              SelectionText.letters(selection.getCount()),
              affected == 1 ? "was" : "were",
              deed);
      return ExitCode.FAILED;
    }
    return exitCode;
  }
}
