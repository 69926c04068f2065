package io.backstop.cli;

import io.backstop.action.Selection;

/** What a command is about, for a person. */
final class SelectionText {
  private static final int MOST_IDS = 3;

  private SelectionText() {}

  /** {@code 42 letters by filter target=notion:createPage, status=OPEN}. */
  static String of(Selection selection) {
    if (selection.getStaged()) {
      return "%,d staged requests".formatted(selection.getCount());
    } else if (selection.getFilter() != null) {
      String filter = LetterFilters.words(selection.getFilter());
      return letters(selection.getCount())
          + (filter.isEmpty() ? " (every one)" : " by filter " + filter);
    }
    var ids = selection.getIds();
    String first = String.join(", ", ids.subList(0, Math.min(ids.size(), MOST_IDS)));
    String more = ids.size() > MOST_IDS ? ", and %,d more".formatted(ids.size() - MOST_IDS) : "";
    return letters(selection.getCount()) + ": " + first + more;
  }

  /** {@code 1 letter}, {@code 1,200 letters}. */
  static String letters(long count) {
    return count == 1 ? "1 letter" : "%,d letters".formatted(count);
  }
}
