package io.backstop.desk;

import io.backstop.action.LetterSummary;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Makes one page of those of several tasks. */
public final class LetterPages {
  private LetterPages() {}

  /**
   * The newest letters of all pages. A page that ended early hides what comes after its end, so
   * nothing older than the first such end is taken.
   *
   * @param pages answers to the same query, so that all begin after the same position
   * @param limit of that query
   */
  public static LetterPage merge(Collection<LetterPage> pages, int limit) {
    Optional<LetterPosition> horizon =
        pages.stream().flatMap(page -> page.next().stream()).min(Comparator.naturalOrder());
    List<LetterSummary> seen =
        pages.stream()
            .flatMap(page -> page.letters().stream())
            .filter(letter -> isUpTo(horizon, letter))
            .sorted(Comparator.comparing(LetterPosition::of))
            .toList();
    if (seen.size() <= limit) {
      return new LetterPage(seen, horizon);
    }
    List<LetterSummary> first = seen.subList(0, limit);
    return new LetterPage(first, Optional.of(LetterPosition.of(first.get(limit - 1))));
  }

  private static boolean isUpTo(Optional<LetterPosition> horizon, LetterSummary letter) {
    return horizon.isEmpty() || LetterPosition.of(letter).compareTo(horizon.get()) <= 0;
  }
}
