package io.backstop.execution;

import io.backstop.action.Priority;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
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
  private static final int READ_AHEAD = 1_024;

  /** Place and key of one waiting request. */
  record Entry(long sequence, String idempotencyKey) {}

  private final KeyValueStore<Bytes, String> store;
  private final byte[] prefix;
  private final Deque<Entry> next = new ArrayDeque<>();
  private long readUpTo = -1;
  private long last;
  private boolean moreInStore = true;

  /** Places that were freed out of turn, but are among those read ahead. */
  private final Set<Long> freed = new HashSet<>();

  private long size;

  Lane(KeyValueStore<Bytes, String> store, String service, Priority priority) {
    this.store = store;
    byte[] name = service.getBytes(StandardCharsets.UTF_8);
    this.prefix =
        ByteBuffer.allocate(name.length + 2)
            .put(name)
            .put((byte) 0)
            .put((byte) rank(priority))
            .array();
    this.last = lastInStore();
  }

  /** Adds behind everything with a lower sequence; before the first read any order will do. */
  void add(long sequence, String idempotencyKey) {
    store.put(key(sequence), idempotencyKey);
    last = Math.max(last, sequence);
    if (!moreInStore && next.size() < READ_AHEAD) {
      next.addLast(new Entry(sequence, idempotencyKey));
      readUpTo = sequence;
    } else {
      moreInStore = true;
    }
  }

  boolean isEmpty() {
    while (!freed.isEmpty() && !next.isEmpty() && freed.remove(next.peekFirst().sequence())) {
      next.removeFirst();
    }
    if (next.isEmpty() && moreInStore) {
      readAhead();
    }
    if (next.isEmpty()) {
      size = 0;
    }
    return next.isEmpty();
  }

  /** Takes the oldest out of the lane and the store. */
  Entry take() {
    if (isEmpty()) {
      throw new IllegalStateException("lane is empty");
    }
    Entry entry = next.removeFirst();
    // put, not delete: that would read what nobody asks for
    store.put(key(entry.sequence()), null);
    size--;
    return entry;
  }

  /** The idempotency key that stands at a place; null when the place is free. */
  String holder(long sequence) {
    return store.get(key(sequence));
  }

  /** Takes a request out of the store, out of turn; it may still be among those read ahead. */
  void free(long sequence) {
    store.put(key(sequence), null);
    size--;
    if (sequence <= readUpTo) {
      freed.add(sequence);
    }
  }

  /** One more request stands in the store, which was added now or is found there. */
  void count() {
    size++;
  }

  /** How many requests are counted. */
  long size() {
    return size;
  }

  /** The place of the oldest request. The lane is not empty. */
  long first() {
    if (isEmpty()) {
      throw new IllegalStateException("lane is empty");
    }
    return next.getFirst().sequence();
  }

  /** The greatest place that is known to have been taken; -1 for none. */
  long last() {
    return last;
  }

  private long lastInStore() {
    try (KeyValueIterator<Bytes, String> newestFirst =
        store.reverseRange(key(0), key(Long.MAX_VALUE))) {
      return newestFirst.hasNext() ? sequence(newestFirst.next().key) : -1;
    }
  }

  private void readAhead() {
    try (KeyValueIterator<Bytes, String> stored =
        store.range(key(readUpTo + 1), key(Long.MAX_VALUE))) {
      while (stored.hasNext() && next.size() < READ_AHEAD) {
        KeyValue<Bytes, String> entry = stored.next();
        long sequence = sequence(entry.key);
        next.addLast(new Entry(sequence, entry.value));
        readUpTo = sequence;
      }
      moreInStore = stored.hasNext();
    }
  }

  private static long sequence(Bytes key) {
    return ByteBuffer.wrap(key.get()).getLong(key.get().length - Long.BYTES);
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
