package io.backstop.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Says what a misspelt name was probably meant to be. */
final class Nearest {
  private Nearest() {}

  /** {@code did you mean title?}, or all the known names where none is near. */
  static String hint(String name, Collection<String> known) {
    if (known.isEmpty()) {
      return "none is known";
    }
    String nearest =
        known.stream().min(Comparator.comparingInt(each -> distance(name, each))).orElseThrow();
    boolean near = distance(name, nearest) <= Math.max(2, nearest.length() / 2);
    return near
        ? "did you mean " + nearest + "?"
        : "known are " + String.join(", ", known.stream().sorted().toList());
  }

  /** Levenshtein distance, upper and lower case alike. */
  static int distance(String left, String right) {
    String from = left.toLowerCase(Locale.ROOT);
    String to = right.toLowerCase(Locale.ROOT);
    int[] above = new int[to.length() + 1];
    for (int column = 0; column < above.length; column++) {
      above[column] = column;
    }
    for (int row = 1; row <= from.length(); row++) {
      int[] current = new int[above.length];
      current[0] = row;
      for (int column = 1; column < above.length; column++) {
        int change = from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1;
        int edited = Math.min(above[column], current[column - 1]) + 1;
        current[column] = Math.min(edited, above[column - 1] + change);
      }
      above = current;
    }
    return above[above.length - 1];
  }
}
