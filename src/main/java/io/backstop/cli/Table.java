package io.backstop.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines of a table with fixed column widths, so that rows can be printed as they come. A value that
 * is too long is cut with an ellipsis, except in the last column.
 */
final class Table {
  private record Column(String title, int width) {}

  private final List<Column> columns = new ArrayList<>();

  Table column(String title, int width) {
    columns.add(new Column(title, width));
    return this;
  }

  /** The last column takes what it needs. */
  Table last(String title) {
    return column(title, Integer.MAX_VALUE);
  }

  String head() {
    return row(columns.stream().map(Column::title).toArray(String[]::new));
  }

  /**
   * @param values one per column; null is shown as a dash
   */
  String row(String... values) {
    var line = new StringBuilder();
    for (int index = 0; index < columns.size(); index++) {
      int width = columns.get(index).width();
      String text = values[index] == null ? "-" : SafeText.line(values[index]);
      boolean fits = text.length() <= width;
      line.append(fits ? text : text.substring(0, width - 1) + "…");
      if (index < columns.size() - 1) {
        line.append(" ".repeat(fits ? width - text.length() : 0)).append("  ");
      }
    }
    return line.toString().stripTrailing();
  }
}
