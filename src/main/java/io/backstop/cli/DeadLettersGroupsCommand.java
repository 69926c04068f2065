package io.backstop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.backstop.action.FailureClass;
import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

  @Option(names = "--target", paramLabel = "TARGET", description = "With this target tried last.")
  private String target;

  @Option(
      names = "--failure-class",
      paramLabel = "CLASS",
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

  @Mixin private QueryOptions query;

  @Override
  public Integer call() {
    Asking asking = Asking.of(spec.commandLine(), query);
    Map<String, String> parameters = new TreeMap<>();
    LetterFilterOptions.put(parameters, "target", target);
    LetterFilterOptions.put(parameters, "failure-class", failureClass);
    LetterFilterOptions.put(parameters, "open", open);
    LetterFilterOptions.put(parameters, "limit", limit);
    JsonNode answer = asking.get("/v1/dead-letter-groups", parameters);
    PrintWriter out = spec.commandLine().getOut();
    if (!json) {
      out.println(TABLE.head());
    }
    for (JsonNode group : answer.path("items")) {
      out.println(json ? group.toString() : TABLE.row(row(group)));
    }
    if (!answer.path("complete").asBoolean()) {
      spec.commandLine().getErr().println("There are more groups: --limit N shows more.");
    }
    return asking.problems().exitCode();
  }

  private static String[] row(JsonNode group) {
    return new String[] {
      "%,d".formatted(group.path("count").asLong()),
      "%,d".formatted(group.path("open").asLong()),
      JsonText.seconds(group.path("firstSeen")),
      JsonText.seconds(group.path("lastSeen")),
      group.path("failureClass").textValue(),
      group.path("target").textValue(),
      group.path("fingerprint").textValue(),
      group.path("message").textValue()
    };
  }
}
