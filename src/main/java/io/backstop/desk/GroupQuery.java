package io.backstop.desk;

import io.backstop.action.FailureClass;
import io.backstop.action.LetterGroup;
import java.util.Optional;

/**
 * Which groups to show, the largest first.
 *
 * @param target whose failure decided
 * @param openOnly only groups with a letter that is OPEN
 * @param limit most groups, from 1 to {@value #MOST}
 */
public record GroupQuery(
    Optional<String> target, Optional<FailureClass> failureClass, boolean openOnly, int limit) {

  /** The longest answer. */
  public static final int MOST = 1_000;

  /**
   * @throws IllegalArgumentException with a message for a person
   */
  public GroupQuery {
    target = target.map(LetterSummaries::name);
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException(
          "limit is %d: give a number from 1 to %,d".formatted(limit, MOST));
    }
  }

  boolean matches(LetterGroup group) {
    return (target.isEmpty() || target.get().equals(group.getTarget()))
        && (failureClass.isEmpty() || failureClass.get() == group.getFailureClass())
        && (!openOnly || group.getOpen() > 0);
  }
}
