package io.backstop.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code backstop dead-letters note}. */
@Command(
    name = "note",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Writes a note on letters. The text is --note, or what stands behind the ids.",
      "Letters given by ids at once; letters given by filters are counted and shown, and --yes does it."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "  0:done for all of them; or only counted; or, with --detach, begun",
      "  1:refused, not answered, or done for some of them only",
      "  2:the command line is wrong",
      "  3:cannot start: no instance answers, configuration, broker, registry"
    })
final class DeadLettersNoteCommand extends LettersOrder {
  @Option(names = "--note", paramLabel = "TEXT", description = "The text of the note.")
  private String note;

  DeadLettersNoteCommand() {
    super("letters.note", "given the note");
  }

  @Override
  Map<String, String> arguments() {
    List<String> words = ids();
    String text = note == null && !words.isEmpty() ? words.remove(words.size() - 1) : note;
    if (text == null || text.isBlank()) {
      throw wrong("the text of the note is missing: --note TEXT");
    }
    return Map.of("note", text);
  }

  /** The note itself says why. */
  @Override
  boolean needsReason() {
    return false;
  }
}
