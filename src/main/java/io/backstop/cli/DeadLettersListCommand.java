package io.backstop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code backstop dead-letters list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Lists dead letters, newest first.",
      "With --json one object per line; 'show' and 'export' have the whole letters."
    })
final class DeadLettersListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private LetterFilterOptions filter;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      converter = Limit.Converter.class,
      description = "Only the newest N. Default: ${DEFAULT-VALUE}.")
  private Limit limit;

  @Option(
      names = "--cursor",
      paramLabel = "CURSOR",
      description = "Go on after the page that named it.")
  private String cursor;

  @Option(names = "--json", description = "One JSON object per line.")
  private boolean json;

  @Mixin private LetterSourceOptions source;

  @Override
  public Integer call() {
    LetterSource desks = source.open(spec.commandLine());
    LetterSource.Page page =
        desks.list(filter.filter(), limit.count(), Optional.ofNullable(cursor));
    List<JsonNode> letters = page.letters();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      letters.forEach(letter -> out.println(letter.toString()));
    } else {
      Table table = table(letters);
      out.println(table.head());
      letters.forEach(letter -> out.println(table.row(row(letter))));
    }
    page.next()
        .ifPresent(
            at -> spec.commandLine().getErr().printf("There are more: --cursor %s goes on.%n", at));
    return desks.problems().exitCode();
  }

  /** Ids are never cut: 'show' takes them. */
  private static Table table(List<JsonNode> letters) {
    int idWidth =
        letters.stream().mapToInt(letter -> letter.path("id").asText().length()).max().orElse(2);
    return new Table()
        .column("CREATED", 20)
        .column("STATUS", 9)
        .column("GEN", 3)
        .column("WHY", 11)
        .column("CLASS", 18)
        .column("ACTION", 22)
        .column("TARGET", 22)
        .column("ID", Math.max(2, idWidth))
        .column("CATEGORY", categoryWidth(letters))
        .last("REASON");
  }

  /** Category and tags, given by operators. */
  private static String category(JsonNode letter) {
    StringBuilder text = new StringBuilder(letter.path("category").asText(""));
    letter.path("tags").forEach(tag -> text.append(" #").append(tag.asText()));
    String category =
        letter.path("category").isTextual() ? text.toString() : text.toString().strip();
    return category.isEmpty() ? null : category;
  }

  private static int categoryWidth(List<JsonNode> letters) {
    return letters.stream()
        .map(DeadLettersListCommand::category)
        .mapToInt(text -> text == null ? 0 : Math.min(text.length(), 30))
        .max()
        .orElse(0);
  }

  private static String[] row(JsonNode letter) {
    return new String[] {
      JsonText.seconds(letter.path("createdAt")),
      letter.path("status").textValue(),
      letter.path("generation").asText("0"),
      letter.path("reasonCode").textValue(),
      letter.path("failureClass").textValue(),
      letter.path("action").textValue(),
      letter.path("target").textValue(),
      letter.path("id").textValue(),
      category(letter),
      letter.path("reason").textValue()
    };
  }
}
