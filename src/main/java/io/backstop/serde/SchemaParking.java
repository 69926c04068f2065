package io.backstop.serde;

import io.backstop.action.OriginalRecord;
import io.backstop.action.ParkedRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Records whose writer schema is not known here yet wait in the store while it is fetched, so that
 * the stream thread asks no registry and a registry that is away loses nothing. Stream thread only.
 */
public final class SchemaParking {
  private static final long RETRY_MS = 1_000;
  private static final int STEP = 1_000;

  private final KeyValueStore<Bytes, ParkedRecord> store;
  private final WireDecoder<?> decoder;
  private final Map<Integer, CompletableFuture<SchemaLookup>> fetches = new HashMap<>();
  private final Map<Integer, Long> retryAt = new HashMap<>();
  private long sequence;
  private boolean recovered;

  public SchemaParking(KeyValueStore<Bytes, ParkedRecord> store, WireDecoder<?> decoder) {
    this.store = store;
    this.decoder = decoder;
  }

  /** The store that one of these needs. */
  public static StoreBuilder<KeyValueStore<Bytes, ParkedRecord>> store(String name) {
    return Stores.keyValueStoreBuilder(
        Stores.persistentKeyValueStore(name), Serdes.Bytes(), new StateSerde<>(ParkedRecord.class));
  }

  /** Keeps a record, behind all others with that schema, and has the schema fetched. */
  public void park(int schemaId, OriginalRecord original, long now) {
    sequence = Math.max(sequence + 1, now << 16);
    while (store.get(key(schemaId, sequence)) != null) {
      sequence++; // of an earlier owner of the task, whose clock was ahead
    }
    store.put(key(schemaId, sequence), new ParkedRecord(original));
    fetch(schemaId);
  }

  /**
   * Hands every record whose schema has been looked up to {@code release}, those of one schema in
   * order of arrival. To be called often; also takes up what an earlier owner of the task parked.
   */
  public void poll(long now, Consumer<OriginalRecord> release) {
    if (!recovered) {
      recovered = true;
      recover();
    }
    retryDue(now);
    for (int schemaId : answered()) {
      CompletableFuture<SchemaLookup> answer = fetches.get(schemaId);
      if (answer.join() instanceof SchemaLookup.Unreachable) {
        fetches.remove(schemaId);
        retryAt.put(schemaId, now + RETRY_MS);
      } else if (releaseSome(schemaId, release)) {
        fetches.remove(schemaId, answer);
      }
    }
  }

  private void fetch(int schemaId) {
    if (!retryAt.containsKey(schemaId)) {
      // a record that is parked after the answer needs another one
      fetches.compute(
          schemaId, (id, asked) -> asked == null || asked.isDone() ? decoder.fetch(id) : asked);
    }
  }

  private void retryDue(long now) {
    for (Iterator<Map.Entry<Integer, Long>> due = retryAt.entrySet().iterator(); due.hasNext(); ) {
      Map.Entry<Integer, Long> retry = due.next();
      if (retry.getValue() <= now) {
        due.remove();
        fetch(retry.getKey());
      }
    }
  }

  private List<Integer> answered() {
    if (fetches.isEmpty()) {
      return List.of();
    }
    List<Integer> answered = new ArrayList<>();
    fetches.forEach(
        (schemaId, fetch) -> {
          if (fetch.isDone()) {
            answered.add(schemaId);
          }
        });
    return answered;
  }

  /** In steps, so that a long queue outlives no transaction; true when none is left. */
  private boolean releaseSome(int schemaId, Consumer<OriginalRecord> release) {
    try (KeyValueIterator<Bytes, ParkedRecord> parked =
        store.range(key(schemaId, 0), key(schemaId, Long.MAX_VALUE))) {
      for (int released = 0; parked.hasNext() && released < STEP; released++) {
        KeyValue<Bytes, ParkedRecord> next = parked.next();
        store.delete(next.key);
        release.accept(next.value.getOriginal());
      }
      return !parked.hasNext();
    }
  }

  private void recover() {
    try (KeyValueIterator<Bytes, ParkedRecord> parked = store.all()) {
      while (parked.hasNext()) {
        int schemaId = ByteBuffer.wrap(parked.next().key.get()).getInt();
        if (!fetches.containsKey(schemaId)) {
          fetch(schemaId);
        }
      }
    }
  }

  private static Bytes key(int schemaId, long sequence) {
    return Bytes.wrap(ByteBuffer.allocate(12).putInt(schemaId).putLong(sequence).array());
  }
}
