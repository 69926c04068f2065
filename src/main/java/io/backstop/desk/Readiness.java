package io.backstop.desk;

import io.backstop.action.ReadyLetter;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** What operations have in readiness, the oldest first. Stream thread only. */
final class Readiness {
  private final KeyValueStore<Bytes, ReadyLetter> store;

  /** Before these keys stand only tombstones, which would be walked over each time. */
  private final Map<String, Bytes> starts = new HashMap<>();

  Readiness(KeyValueStore<Bytes, ReadyLetter> store) {
    this.store = store;
  }

  /**
   * @param createdAt epoch milliseconds, not negative
   * @return false when it is there already
   */
  boolean add(String operationId, long createdAt, String id, ReadyLetter letter) {
    Bytes key = ReadinessKey.of(operationId, createdAt, id);
    if (store.get(key) != null) {
      return false;
    }
    store.put(key, letter);
    Bytes start = starts.get(operationId);
    if (start != null && key.compareTo(start) < 0) {
      starts.put(operationId, key);
    }
    return true;
  }

  /** All of an operation after a key, or from its beginning for null. To be closed. */
  KeyValueIterator<Bytes, ReadyLetter> after(String operationId, Bytes key) {
    Bytes from = key == null ? ReadinessKey.first(operationId) : key;
    KeyValueIterator<Bytes, ReadyLetter> rest = store.range(from, ReadinessKey.end(operationId));
    if (key != null && rest.hasNext() && rest.peekNextKey().equals(key)) {
      rest.next();
    }
    return rest;
  }

  /** Those that have not been taken, the oldest first. To be closed. */
  KeyValueIterator<Bytes, ReadyLetter> oldest(String operationId) {
    Bytes start = starts.getOrDefault(operationId, ReadinessKey.first(operationId));
    return store.range(start, ReadinessKey.end(operationId));
  }

  /** Takes one that {@link #oldest} gave. */
  void take(String operationId, KeyValue<Bytes, ReadyLetter> entry) {
    store.put(entry.key, null);
    starts.put(operationId, entry.key);
  }

  /**
   * Removes what an operation has.
   *
   * @param limit most to remove
   * @return whether nothing is left
   */
  boolean remove(String operationId, int limit) {
    try (KeyValueIterator<Bytes, ReadyLetter> rest = oldest(operationId)) {
      for (int removed = 0; rest.hasNext() && removed < limit; removed++) {
        take(operationId, rest.next());
      }
      if (rest.hasNext()) {
        return false;
      }
    }
    starts.remove(operationId);
    return true;
  }
}
