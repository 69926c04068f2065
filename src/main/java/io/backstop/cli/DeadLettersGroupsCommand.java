package io.backstop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.backstop.action.FailureClass;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code backstop dead-letters groups}. */
@Command(
    name = "groups",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Shows alike dead letters together: same target, same class, same message but for numbers and",
      "names in it. Largest group first."
    })
final class DeadLettersGroupsCommand implements Callable<Integer> {
  private static final int MOST = 500;

  private static final Table TABLE =
      new Table()
          .column("COUNT", 8)
          .column("OPEN", 8)
          .column("FIRST SEEN", 20)
          .column("LAST SEEN", 20)
          .column("CLASS", 18)
          .column("TARGET", 22)
          .column("GROUP", 32)
          .last("MESSAGE");

  @Spec private CommandSpec spec;

  @Option(
      names = "--target",
      paramLabel = "TARGET",
      description = "Whose failure at this target decided.")
  private String target;

  @Option(
      names = "--failure-class",
      paramLabel = "CLASS",
      converter = KnownNames.FailureClasses.class,
      completionCandidates = KnownNames.FailureClasses.class,
      description = "Of this class: ${COMPLETION-CANDIDATES}.")
  private FailureClass failureClass;

  @Option(names = "--open", description = "Only groups with a letter that is OPEN.")
  private boolean open;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "Only the largest N, at most 500. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Option(names = "--json", description = "One JSON object per line.")
  private boolean json;

  @Mixin private LetterSourceOptions source;

  @Override
  public Integer call() {
    if (limit < 1 || limit > MOST) {
      throw new ParameterException(
          spec.commandLine(), "--limit is %d: give a number from 1 to %d".formatted(limit, MOST));
    }
    LetterSource desks = source.open(spec.commandLine());
    LetterSource.Groups found =
        desks.groups(new LetterSource.GroupsWanted(target, failureClass, open, limit));
    PrintWriter out = spec.commandLine().getOut();
    if (!json) {
      out.println(TABLE.head());
    }
    for (JsonNode group : found.groups()) {
      out.println(json ? group.toString() : TABLE.row(row(group)));
    }
    if (!found.complete()) {
      spec.commandLine().getErr().println("There are more groups: --limit N shows more.");
    }
    return desks.problems().exitCode();
  }

  private static String[] row(JsonNode group) {
    return new String[] {
      "%,d".formatted(group.path("count").asLong()),
      group.path("open").isNumber() ? "%,d".formatted(group.path("open").asLong()) : null,
      JsonText.seconds(group.path("firstSeen")),
      JsonText.seconds(group.path("lastSeen")),
      group.path("failureClass").textValue(),
      group.path("target").textValue(),
      group.path("fingerprint").textValue(),
      group.path("message").textValue()
    };
  }
}
