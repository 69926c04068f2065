package io.backstop.cache;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * What is held, by key, and what has to go so that it stays within its bounds: the oldest first.
 * Pure: two instances that saw the same records in the same order at the same times hold the same.
 *
 * <p>A mark makes void what is held when it comes, and what comes after it but was stored before. A
 * mark is forgotten at the age at which all that it makes void would be too old anyway.
 */
final class CacheIndex {
  private record Entry(String key, int size, long storedAt) {}

  private static final Comparator<Entry> OLDEST_FIRST =
      Comparator.comparingLong(Entry::storedAt).thenComparing(Entry::key);

  private final CacheBounds bounds;
  private final Map<String, Entry> entries = new HashMap<>();
  private final NavigableSet<Entry> oldestFirst = new TreeSet<>(OLDEST_FIRST);
  private final Map<String, Integer> byAction = new HashMap<>();
  private final Map<String, Long> voidUntil = new HashMap<>();
  private long bytes;

  CacheIndex(CacheBounds bounds) {
    this.bounds = bounds;
  }

  boolean contains(String key) {
    return entries.containsKey(key);
  }

  /**
   * Takes an entry in place of the one under the same key.
   *
   * @return keys that are not held any more; its own among them when it is void, too old or too
   *     large
   */
  List<String> put(String key, int size, long storedAt, long now) {
    List<String> gone = new ArrayList<>();
    remove(key);
    if (size > bounds.entryBytes() || isTooOld(storedAt, now) || isVoid(key, storedAt)) {
      gone.add(key);
    } else {
      add(new Entry(key, size, storedAt));
    }
    expire(now, gone);
    while (entries.size() > bounds.entries() || bytes > bounds.bytes()) {
      drop(oldestFirst.first(), gone);
    }
    return gone;
  }

  /** Forgets an entry or a mark. */
  void remove(String key) {
    voidUntil.remove(key);
    Entry entry = entries.remove(key);
    if (entry != null) {
      oldestFirst.remove(entry);
      bytes -= entry.size();
      byAction.computeIfPresent(RecordKey.scope(key), (a, count) -> count > 1 ? count - 1 : null);
    }
  }

  /**
   * Takes a mark that has just come.
   *
   * @return keys that are not held any more; its own among them when it is too old to matter
   */
  List<String> clear(String mark, long storedAt, long now) {
    List<String> gone = new ArrayList<>();
    String scope = RecordKey.scope(mark);
    for (Entry entry : List.copyOf(oldestFirst)) {
      if (scope.equals(RecordKey.ALL) || scope.equals(RecordKey.scope(entry.key()))) {
        drop(entry, gone);
      }
    }
    restoreMark(mark, storedAt);
    expire(now, gone);
    return gone;
  }

  /** Takes a mark that came before what is held or restored after it. */
  void restoreMark(String mark, long storedAt) {
    voidUntil.put(mark, storedAt);
  }

  Held held() {
    return entries.isEmpty()
        ? Held.NOTHING
        : new Held(
            entries.size(),
            bytes,
            OptionalLong.of(oldestFirst.first().storedAt()),
            Map.copyOf(byAction));
  }

  private boolean isTooOld(long storedAt, long now) {
    return storedAt <= now - bounds.retentionMs();
  }

  private boolean isVoid(String key, long storedAt) {
    String markOfAction = RecordKey.ofMark(RecordKey.scope(key));
    return storedAt <= voidUntil.getOrDefault(RecordKey.ALL, Long.MIN_VALUE)
        || storedAt <= voidUntil.getOrDefault(markOfAction, Long.MIN_VALUE);
  }

  private void expire(long now, List<String> gone) {
    while (!oldestFirst.isEmpty() && isTooOld(oldestFirst.first().storedAt(), now)) {
      drop(oldestFirst.first(), gone);
    }
    for (var marks = voidUntil.entrySet().iterator(); marks.hasNext(); ) {
      Map.Entry<String, Long> mark = marks.next();
      if (isTooOld(mark.getValue(), now)) {
        gone.add(mark.getKey());
        marks.remove();
      }
    }
  }

  private void add(Entry entry) {
    entries.put(entry.key(), entry);
    oldestFirst.add(entry);
    bytes += entry.size();
    byAction.merge(RecordKey.scope(entry.key()), 1, Integer::sum);
  }

  private void drop(Entry entry, List<String> gone) {
    remove(entry.key());
    gone.add(entry.key());
  }
}
