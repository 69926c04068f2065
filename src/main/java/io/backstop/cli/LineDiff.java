package io.backstop.cli;

import java.util.ArrayList;
import java.util.List;

/** What differs between two texts, line by line, in the form of a unified diff. */
final class LineDiff {
  private static final int CONTEXT = 2;

  /** Beyond it the lines are shown as all removed and all added: the table would be too large. */
  private static final int MOST_LINES = 1_000;

  private LineDiff() {}

  /** Changed lines with - and +, and two lines around them; empty where nothing differs. */
  static List<String> of(List<String> before, List<String> after) {
    if (before.equals(after)) {
      return List.of();
    }
    return around(
        before.size() > MOST_LINES || after.size() > MOST_LINES
            ? replaced(before, after)
            : compared(before, after));
  }

  private static List<String> replaced(List<String> before, List<String> after) {
    List<String> lines = new ArrayList<>();
    before.forEach(line -> lines.add("-" + line));
    after.forEach(line -> lines.add("+" + line));
    return lines;
  }

  private static List<String> compared(List<String> before, List<String> after) {
    int[][] common = common(before, after);
    List<String> lines = new ArrayList<>();
    int left = 0;
    int right = 0;
    while (left < before.size() || right < after.size()) {
      if (left < before.size()
          && right < after.size()
          && before.get(left).equals(after.get(right))) {
        lines.add(" " + before.get(left));
        left++;
        right++;
      } else if (right == after.size()
          || left < before.size() && common[left + 1][right] >= common[left][right + 1]) {
        lines.add("-" + before.get(left++));
      } else {
        lines.add("+" + after.get(right++));
      }
    }
    return lines;
  }

  /** How many lines the rests from two places on have in common, at most. */
  private static int[][] common(List<String> before, List<String> after) {
    int[][] common = new int[before.size() + 1][after.size() + 1];
    for (int left = before.size() - 1; left >= 0; left--) {
      for (int right = after.size() - 1; right >= 0; right--) {
        common[left][right] =
            before.get(left).equals(after.get(right))
                ? common[left + 1][right + 1] + 1
                : Math.max(common[left + 1][right], common[left][right + 1]);
      }
    }
    return common;
  }

  private static List<String> around(List<String> all) {
    List<String> kept = new ArrayList<>();
    boolean left = false;
    for (int index = 0; index < all.size(); index++) {
      if (isNearChange(all, index)) {
        if (left) {
          kept.add("@@");
        }
        kept.add(all.get(index));
        left = false;
      } else {
        left = !kept.isEmpty();
      }
    }
    return kept;
  }

  private static boolean isNearChange(List<String> all, int index) {
    int from = Math.max(0, index - CONTEXT);
    int to = Math.min(all.size(), index + CONTEXT + 1);
    return all.subList(from, to).stream().anyMatch(line -> !line.startsWith(" "));
  }
}
