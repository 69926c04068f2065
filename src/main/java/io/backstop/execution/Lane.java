package io.backstop.execution;

import io.backstop.action.Priority;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What waits for one service with one priority, oldest first. It stands in the store; only the next
 * few keys are on the heap. Reading goes on behind the last key read, so that the tombstones of
 * what was taken are never walked over again.
 */
final class Lane {
  private static final int READ_AHEAD = 256;

  /** Place and key of one waiting request. */
  record Entry(long sequence, String idempotencyKey) {}

  private final KeyValueStore<Bytes, String> store;
  private final byte[] prefix;
  private final Deque<Entry> next = new ArrayDeque<>();
  private long readUpTo = -1;
  private boolean moreInStore = true;

  Lane(KeyValueStore<Bytes, String> store, String service, Priority priority) {
    this.store = store;
    byte[] name = service.getBytes(StandardCharsets.UTF_8);
    this.prefix =
        ByteBuffer.allocate(name.length + 2)
            .put(name)
            .put((byte) 0)
            .put((byte) rank(priority))
            .array();
  }

  /** Adds behind everything with a lower sequence; before the first read any order will do. */
  void add(long sequence, String idempotencyKey) {
    store.put(key(sequence), idempotencyKey);
    if (!moreInStore && next.size() < READ_AHEAD) {
      next.addLast(new Entry(sequence, idempotencyKey));
      readUpTo = sequence;
    } else {
      moreInStore = true;
    }
  }

  boolean isEmpty() {
    if (next.isEmpty() && moreInStore) {
      readAhead();
    }
    return next.isEmpty();
  }

  /** Takes the oldest out of the lane and the store. */
  Entry take() {
    if (isEmpty()) {
      throw new IllegalStateException("lane is empty");
    }
    Entry entry = next.removeFirst();
    store.delete(key(entry.sequence()));
    return entry;
  }

  /** Whether an entry still stands in the store. */
  boolean holds(long sequence) {
    return store.get(key(sequence)) != null;
  }

  private void readAhead() {
    try (KeyValueIterator<Bytes, String> stored =
        store.range(key(readUpTo + 1), key(Long.MAX_VALUE))) {
      while (stored.hasNext() && next.size() < READ_AHEAD) {
        KeyValue<Bytes, String> entry = stored.next();
        long sequence =
            ByteBuffer.wrap(entry.key.get()).getLong(entry.key.get().length - Long.BYTES);
        next.addLast(new Entry(sequence, entry.value));
        readUpTo = sequence;
      }
      moreInStore = stored.hasNext();
    }
  }

  private Bytes key(long sequence) {
    return Bytes.wrap(
        ByteBuffer.allocate(prefix.length + Long.BYTES).put(prefix).putLong(sequence).array());
  }

  private static int rank(Priority priority) {
    return switch (priority) {
      case HIGH -> 0;
      case MEDIUM -> 1;
      case LOW -> 2;
    };
  }
}
