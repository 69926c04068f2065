package io.backstop.cli;

import io.backstop.action.Severity;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code backstop dead-letters categorize}. */
@Command(
    name = "categorize",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Gives letters a category, a severity or tags.",
      "Letters given by ids at once; letters given by filters are counted and shown, and --yes does it."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "  0:done for all of them; or only counted; or, with --detach, begun",
      "  1:refused, not answered, or done for some of them only",
      "  2:the command line is wrong",
      "  3:cannot start: no instance answers, configuration, broker, registry"
    })
final class DeadLettersCategorizeCommand extends LettersOrder {
  @Option(
      names = "--category",
      paramLabel = "NAME",
      description = "The category; '' removes the one there is.")
  private String category;

  @Option(
      names = "--severity",
      paramLabel = "SEVERITY",
      converter = KnownNames.Severities.class,
      completionCandidates = KnownNames.Severities.class,
      description = "Instead of the letter's own: ${COMPLETION-CANDIDATES}.")
  private Severity severity;

  @Option(
      names = "--add-tag",
      paramLabel = "TAG",
      split = ",",
      description = "A tag to add; can be given several times.")
  private List<String> addTags = List.of();

  @Option(
      names = "--remove-tag",
      paramLabel = "TAG",
      split = ",",
      description = "A tag to remove; can be given several times.")
  private List<String> removeTags = List.of();

  DeadLettersCategorizeCommand() {
    super("letters.categorize", "categorized");
  }

  @Override
  Map<String, String> arguments() {
    Map<String, String> arguments = new TreeMap<>();
    LetterFilters.put(arguments, "category", category);
    LetterFilters.put(arguments, "severity", severity);
    if (!addTags.isEmpty()) {
      arguments.put("add-tags", String.join(",", addTags));
    }
    if (!removeTags.isEmpty()) {
      arguments.put("remove-tags", String.join(",", removeTags));
    }
    if (arguments.isEmpty()) {
      throw wrong("give --category, --severity, --add-tag or --remove-tag");
    }
    return arguments;
  }
}
