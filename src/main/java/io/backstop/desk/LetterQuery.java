package io.backstop.desk;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A page of a list of dead letters, newest first.
 *
 * @param filter which letters
 * @param from created at this time or after it, epoch milliseconds
 * @param to created before this time, epoch milliseconds
 * @param after where the page before ended; empty for the first page
 * @param limit most letters on the page, from 1 to {@value #MOST}
 */
public record LetterQuery(
    LetterFilter filter,
    OptionalLong from,
    OptionalLong to,
    Optional<LetterPosition> after,
    int limit) {

  /** The longest page. */
  public static final int MOST = 1_000;

  /**
   * @throws IllegalArgumentException with a message for a person
   */
  public LetterQuery {
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException(
          "limit is %d: give a number from 1 to %,d".formatted(limit, MOST));
    }
  }
}
