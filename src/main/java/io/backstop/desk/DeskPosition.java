package io.backstop.desk;

import io.backstop.action.StoreNames;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * How far a desk has taken in its partition of the dead letters, so that a selection can be pinned:
 * letters that stand before the position were on the desk when it was read. Its store is cached, so
 * it costs one record of the changelog per commit, not one per letter. Stream thread only.
 */
public final class DeskPosition {
  static final String KEY = "next-offset";

  private final KeyValueStore<String, Long> store;

  DeskPosition(KeyValueStore<String, Long> store) {
    this.store = store;
  }

  /**
   * Says that a letter has been taken in: to be called when it can be read from the stores.
   *
   * @param offset where it stands in its partition
   */
  void taken(long offset) {
    // one that waited for its schema comes after others that stand behind it
    if (offset >= of(store)) {
      store.put(KEY, offset + 1);
    }
  }

  /** Whether all letters before an offset have been taken in, but for those without a schema. */
  boolean isAt(long offset) {
    return of(store) >= offset;
  }

  /**
   * The offset after that of the last letter that was taken in; 0 before the first. To be read
   * before the letters that it is to pin.
   *
   * @param store {@link StoreNames#DESK_POSITION} of one partition
   */
  public static long of(ReadOnlyKeyValueStore<String, Long> store) {
    Long next = store.get(KEY);
    return next == null ? 0 : next;
  }
}
