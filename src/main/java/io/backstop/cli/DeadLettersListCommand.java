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
      LetterTable table = new LetterTable(letters);
      out.println(table.head());
      letters.forEach(letter -> out.println(table.row(letter)));
    }
    page.next()
        .ifPresent(
            at -> spec.commandLine().getErr().printf("There are more: --cursor %s goes on.%n", at));
    return desks.problems().exitCode();
  }
}
