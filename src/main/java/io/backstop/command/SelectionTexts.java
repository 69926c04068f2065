package io.backstop.command;

import io.backstop.action.Selection;
import io.backstop.action.SelectionFilter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the texts of a selection must be; what they mean is for who carries the command out. */
final class SelectionTexts {
  /** A topic's name has at most 249 characters, and what follows it in an id a few more. */
  private static final int LONGEST_ID = 400;

  private SelectionTexts() {}

  /**
   * @param selection may be null
   */
  static Optional<String> problem(Selection selection) {
    if (selection == null) {
      return Optional.empty();
    }
    return line("hash", selection.getHash())
        .or(() -> all("an id", selection.getIds().stream()))
        .or(() -> all("a partition of cutOff", selection.getCutOff().keySet().stream()))
        .or(() -> filter(selection.getFilter()));
  }

  private static Optional<String> filter(SelectionFilter filter) {
    if (filter == null) {
      return Optional.empty();
    }
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("action", filter.getAction());
    texts.put("target", filter.getTarget());
    texts.put("submitter", filter.getSubmitter());
    texts.put("group", filter.getGroup());
    texts.put("text", filter.getText());
    return texts.entrySet().stream()
        .filter(each -> each.getValue() != null)
        .flatMap(each -> line("filter." + each.getKey(), each.getValue()).stream())
        .findFirst();
  }

  private static Optional<String> all(String what, Stream<String> texts) {
    return texts.flatMap(text -> line(what, text).stream()).findFirst();
  }

  private static Optional<String> line(String what, String text) {
    return CommandCheck.line("selection: " + what, text, LONGEST_ID);
  }
}
