package io.backstop.execution;

import io.backstop.action.StoreNames;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The requests of one task for which something is due at a time: the next attempt of one that backs
 * off, the deadline of one that waits. They stand in the store; the heap knows when the first is
 * due and nothing else, so that what is not due costs nothing. Stream thread only.
 */
final class BackingOff {
  private static final byte[] NOTHING = {};

  /** A request whose time has come. */
  record Due(String idempotencyKey, long dueAt) {}

  private final KeyValueStore<Bytes, byte[]> store;

  /** Not later than the first one that is due; MAX_VALUE for none. */
  private long firstDue;

  private long takenUpTo;

  BackingOff(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  /** Not cached: a range over a cached store copies all cached keys first. */
  static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder() {
    return Stores.keyValueStoreBuilder(
        Stores.persistentKeyValueStore(StoreNames.BACKING_OFF), Serdes.Bytes(), Serdes.ByteArray());
  }

  void add(String idempotencyKey, long dueAt) {
    store.put(key(dueAt, idempotencyKey), NOTHING);
    firstDue = Math.min(firstDue, dueAt);
    takenUpTo = Math.min(takenUpTo, dueAt);
  }

  /** Whether nothing backs off; false also while that is not known yet. */
  boolean isEmpty() {
    return firstDue == Long.MAX_VALUE;
  }

  /** Whether a request still waits for the attempt that is due then. */
  boolean holds(String idempotencyKey, long dueAt) {
    return store.get(key(dueAt, idempotencyKey)) != null;
  }

  /** Takes out what is due, the longest due first, at most {@code limit}. */
  List<Due> takeDue(long now, int limit) {
    if (now < firstDue) {
      return List.of();
    }
    List<Due> due = new ArrayList<>();
    // from the last one taken on, so that the tombstones before it are not walked over again
    try (KeyValueIterator<Bytes, byte[]> stored = store.range(key(takenUpTo, ""), null)) {
      firstDue = Long.MAX_VALUE;
      while (stored.hasNext()) {
        KeyValue<Bytes, byte[]> next = stored.next();
        long dueAt = ByteBuffer.wrap(next.key.get()).getLong();
        if (dueAt > now || due.size() == limit) {
          firstDue = dueAt;
          break;
        }
        takenUpTo = dueAt;
        due.add(new Due(idempotencyKey(next.key), dueAt));
        store.put(next.key, null);
      }
    }
    return due;
  }

  private static String idempotencyKey(Bytes key) {
    byte[] bytes = key.get();
    return new String(bytes, Long.BYTES, bytes.length - Long.BYTES, StandardCharsets.UTF_8);
  }

  private static Bytes key(long dueAt, String idempotencyKey) {
    byte[] name = idempotencyKey.getBytes(StandardCharsets.UTF_8);
    return Bytes.wrap(
        ByteBuffer.allocate(Long.BYTES + name.length).putLong(dueAt).put(name).array());
  }
}
