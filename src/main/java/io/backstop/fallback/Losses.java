package io.backstop.fallback;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Collects what a conversion cannot carry over. Not thread-safe: one per conversion. */
final class Losses {
  private final List<String> found = new ArrayList<>(0);

  /** Something that is there and cannot be carried. */
  void add(String what) {
    found.add(what);
  }

  /**
   * @param value whether it is there: not null and not an empty list or map
   */
  void addIfGiven(String what, Object value) {
    if (value instanceof Collection<?> items) {
      if (!items.isEmpty()) {
        add("%s (%,d)".formatted(what, items.size()));
      }
    } else if (value != null) {
      add(what);
    }
  }

  /**
   * A text cut to what a target takes, with an ellipsis at its end; never inside a character.
   *
   * @param what name of the field, for a person
   * @param longest in UTF-16 code units
   */
  String fitted(String what, String text, int longest) {
    if (text == null || text.length() <= longest) {
      return text;
    }
    add("%s (cut from %,d to %,d characters)".formatted(what, text.length(), longest));
    int end = longest - 1;
    if (Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end) + "…";
  }

  List<String> found() {
    return List.copyOf(found);
  }
}
