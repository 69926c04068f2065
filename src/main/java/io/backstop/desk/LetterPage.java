package io.backstop.desk;

import io.backstop.action.LetterSummary;
import java.util.List;
import java.util.Optional;

/**
 * Some letters, newest first.
 *
 * @param letters may be fewer than were asked for, or none, although there are more: a page ends
 *     when enough has been looked at
 * @param next everything up to this position has been looked at, and there may be more after it;
 *     empty at the end of the list
 */
public record LetterPage(List<LetterSummary> letters, Optional<LetterPosition> next) {

  public LetterPage {
    letters = List.copyOf(letters);
  }

  /** Whether the list may go on after this page. */
  public boolean hasMore() {
    return next.isPresent();
  }
}
