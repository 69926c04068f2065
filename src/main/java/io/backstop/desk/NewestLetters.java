package io.backstop.desk;

import io.backstop.action.LetterSummary;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The page of a list, found among letters that come in any order: only as many are kept as the page
 * has. One that comes twice stands on it once. For one thread.
 */
public final class NewestLetters {
  private final LetterFilter filter;
  private final OptionalLong from;
  private final OptionalLong to;
  private final Optional<LetterPosition> after;
  private final int limit;
  private final TreeMap<LetterPosition, LetterSummary> newest = new TreeMap<>();
  private boolean hasMore;

  /**
   * @param from as in {@link LetterQuery}, whose other parts these are, too
   * @param limit most letters on the page, 1 or more
   */
  public NewestLetters(
      LetterFilter filter,
      OptionalLong from,
      OptionalLong to,
      Optional<LetterPosition> after,
      int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit is " + limit);
    }
    this.filter = filter;
    this.from = from;
    this.to = to;
    this.after = after;
    this.limit = limit;
  }

  /** Whether a letter is one that the list has, on this page or another. */
  public boolean matches(LetterSummary letter) {
    long createdAt = letter.getCreatedAt().toEpochMilli();
    return (from.isEmpty() || createdAt >= from.getAsLong())
        && (to.isEmpty() || createdAt < to.getAsLong())
        && filter.matches(letter);
  }

  /** Keeps a letter where it is among the newest so far. */
  public void offer(LetterSummary letter) {
    LetterPosition position = LetterPosition.of(letter);
    boolean isBehind = after.isEmpty() || position.compareTo(after.get()) > 0;
    if (!isBehind || !matches(letter)) {
      return;
    }
    newest.put(position, letter);
    if (newest.size() > limit) {
      newest.pollLastEntry();
      hasMore = true;
    }
  }

  /** Whether the page has this letter. */
  public boolean has(LetterSummary letter) {
    return newest.containsKey(LetterPosition.of(letter));
  }

  /** The newest of all that were offered. */
  public LetterPage page() {
    Optional<LetterPosition> next = hasMore ? Optional.of(newest.lastKey()) : Optional.empty();
    return new LetterPage(List.copyOf(newest.values()), next);
  }
}
