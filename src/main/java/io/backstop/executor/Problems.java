package io.backstop.executor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Collects what is wrong with a request, so that one answer names every field to mend. Each
 * sentence starts with the path of the field. Not thread-safe: one per request.
 */
public final class Problems {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,200}");

  private final List<String> found = new ArrayList<>(0);

  /**
   * A text that must be there.
   *
   * @param field path of the field, for example {@code payload.title}
   * @param why what it is needed for: {@code a page needs a title}
   */
  public Problems require(String field, String value, String why) {
    return require(field, value != null && !value.isBlank(), why);
  }

  /** A list that must not be empty. */
  public Problems require(String field, Collection<?> value, String why) {
    return require(field, value != null && !value.isEmpty(), why);
  }

  /** An id that must be there and that goes into a URL's path, so it may hold nothing else. */
  public Problems requireId(String field, String value, String why) {
    require(field, value, why);
    return check(
        value == null || value.isBlank() || ID.matcher(value).matches(),
        field + " is not an id: only letters, digits, - and _ are allowed");
  }

  /**
   * @param sentence what is wrong when {@code ok} is false; starts with the field's path
   */
  public Problems check(boolean ok, String sentence) {
    if (!ok) {
      found.add(sentence);
    }
    return this;
  }

  /** The sentences in the order of the checks; empty when nothing is wrong. */
  public List<String> found() {
    return List.copyOf(found);
  }

  private Problems require(String field, boolean present, String why) {
    return check(present, field + " is missing: " + why);
  }
}
