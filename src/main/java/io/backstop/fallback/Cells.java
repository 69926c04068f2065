package io.backstop.fallback;

import java.util.List;

/** Cells of a table as text. */
final class Cells {
  private Cells() {}

  /** Each cell as text; an empty one as the empty text. */
  static List<String> texts(List<Object> row) {
    return row.stream().map(cell -> cell == null ? "" : cell.toString()).toList();
  }

  /** Names what is lost when all cells become text. */
  static void loseTypes(List<List<Object>> rows, Losses losses) {
    boolean allText = rows.stream().flatMap(List::stream).allMatch(String.class::isInstance);
    if (!allText) {
      losses.add("cell types (all cells are text)");
    }
  }
}
