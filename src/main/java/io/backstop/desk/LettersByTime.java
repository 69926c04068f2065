package io.backstop.desk;

import io.backstop.action.LetterStatus;
import io.backstop.action.LetterSummary;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Summaries of letters by status and time. Stream thread only. */
final class LettersByTime {
  private final KeyValueStore<Bytes, LetterSummary> store;

  /** Nothing stands after these keys but tombstones, which would be walked over each time. */
  private final Map<LetterStatus, Bytes> ends = new EnumMap<>(LetterStatus.class);

  LettersByTime(KeyValueStore<Bytes, LetterSummary> store) {
    this.store = store;
  }

  void put(LetterSummary letter) {
    Bytes key = key(letter);
    Bytes end = ends.get(letter.getStatus());
    if (end != null && key.compareTo(end) > 0) {
      ends.put(letter.getStatus(), key);
    }
    store.put(key, letter);
  }

  void remove(LetterSummary letter) {
    store.put(key(letter), null);
  }

  /**
   * Letters created at {@code createdAt} or before, the oldest first.
   *
   * @param limit most letters to give
   */
  List<LetterSummary> oldest(LetterStatus status, long createdAt, int limit) {
    List<LetterSummary> oldest = new ArrayList<>();
    if (limit <= 0 || createdAt < 0) {
      return oldest;
    }
    Bytes newestKey = TimeKey.notNewerThan(status, createdAt);
    Bytes end = ends.getOrDefault(status, TimeKey.olderThan(status, 0));
    if (newestKey.compareTo(end) > 0) {
      return oldest;
    }
    try (KeyValueIterator<Bytes, LetterSummary> letters = store.reverseRange(newestKey, end)) {
      while (letters.hasNext() && oldest.size() < limit) {
        oldest.add(letters.next().value);
      }
    }
    ends.put(status, oldest.isEmpty() ? newestKey : key(oldest.get(0)));
    return oldest;
  }

  /**
   * Letters by status and then by time, the newest first. To be closed.
   *
   * @param status all for null
   * @param after key of the last one seen; null for none
   */
  KeyValueIterator<Bytes, LetterSummary> after(LetterStatus status, Bytes after) {
    Bytes from = after;
    if (after == null) {
      from = status == null ? TimeKey.FIRST : TimeKey.notNewerThan(status, Long.MAX_VALUE);
    }
    Bytes to = status == null ? TimeKey.END : TimeKey.olderThan(status, 0);
    KeyValueIterator<Bytes, LetterSummary> rest = store.range(from, to);
    if (after != null && rest.hasNext() && rest.peekNextKey().equals(after)) {
      rest.next();
    }
    return rest;
  }

  private static Bytes key(LetterSummary letter) {
    return TimeKey.of(letter.getStatus(), LetterPosition.of(letter));
  }
}
