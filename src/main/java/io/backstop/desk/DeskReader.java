package io.backstop.desk;

import io.backstop.action.DeskLetter;
import io.backstop.action.LetterGroup;
import io.backstop.action.LetterStatus;
import io.backstop.action.LetterSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Reads what one task of the desk keeps. Safe for use by several threads, none of them a stream
 * thread. Every method can throw {@link org.apache.kafka.streams.errors.InvalidStateStoreException}
 * while the task moves.
 */
public final class DeskReader {
  /** Most entries that one call looks at. */
  static final int MOST_LOOKED_AT = 20_000;

  private final ReadOnlyKeyValueStore<String, DeskLetter> letters;
  private final ReadOnlyKeyValueStore<Bytes, LetterSummary> byTime;
  private final ReadOnlyKeyValueStore<String, LetterGroup> groups;

  /**
   * Of the stores of one partition: a store that joins those of several has no order.
   *
   * @param letters {@link io.backstop.action.StoreNames#LETTERS}
   * @param byTime {@link io.backstop.action.StoreNames#LETTERS_BY_TIME}
   * @param groups {@link io.backstop.action.StoreNames#LETTER_GROUPS}
   */
  public DeskReader(
      ReadOnlyKeyValueStore<String, DeskLetter> letters,
      ReadOnlyKeyValueStore<Bytes, LetterSummary> byTime,
      ReadOnlyKeyValueStore<String, LetterGroup> groups) {
    this.letters = letters;
    this.byTime = byTime;
    this.groups = groups;
  }

  /** The letter with this id, where this task keeps it. */
  public Optional<DeskLetter> find(String id) {
    return Optional.ofNullable(letters.get(id));
  }

  /** Why a replay would leave a letter as it is now, for a person, whatever it sends in. */
  public Optional<String> whyNotReplayed(DeskLetter letter) {
    if (letter.getStatus() != LetterStatus.OPEN) {
      return Optional.of("it is " + letter.getStatus() + ", not OPEN");
    }
    return Lineages.isUnderWayAnywhere(letter, this::find)
        ? Optional.of(Lineages.UNDER_WAY)
        : Optional.empty();
  }

  /** What lists have of a letter. */
  public static LetterSummary summary(DeskLetter letter) {
    return LetterSummaries.of(letter);
  }

  /**
   * The next page of a list. It looks at 20,000 letters at most and then ends early, with a
   * position at which the list goes on.
   */
  public LetterPage list(LetterQuery query) {
    return list(query, Long.MAX_VALUE);
  }

  /**
   * As {@link #list(LetterQuery)}, of the letters that stand before an offset of their topic.
   *
   * @param before a {@link DeskPosition}, for one: letters that arrive later are left out
   */
  public LetterPage list(LetterQuery query, long before) {
    List<LetterSummary> page = new ArrayList<>();
    try (NewestFirst newest = NewestFirst.of(byTime, query)) {
      LetterSummary last = null;
      for (int looked = 0; newest.hasNext(); looked++) {
        if (page.size() == query.limit() || looked == MOST_LOOKED_AT) {
          return new LetterPage(page, Optional.of(LetterPosition.of(last)));
        }
        last = newest.next();
        if (last.getOffset() < before && query.filter().matches(last)) {
          page.add(last);
        }
      }
    }
    return new LetterPage(page, Optional.empty());
  }

  /** The largest groups among the first 20,000. */
  public GroupPage groups(GroupQuery query) {
    List<FoundGroup> found = new ArrayList<>();
    try (KeyValueIterator<String, LetterGroup> all = groups.all()) {
      for (int looked = 0; all.hasNext() && looked < MOST_LOOKED_AT; looked++) {
        KeyValue<String, LetterGroup> next = all.next();
        if (query.matches(next.value)) {
          found.add(new FoundGroup(next.key, next.value));
        }
      }
      return GroupPages.largest(found, !all.hasNext(), query.limit());
    }
  }
}
