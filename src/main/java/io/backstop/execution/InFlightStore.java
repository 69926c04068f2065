package io.backstop.execution;

import io.backstop.action.ActionRequest;
import io.backstop.action.Attempt;
import io.backstop.action.InFlightWork;
import io.backstop.action.StoreNames;
import io.backstop.action.Work;
import io.backstop.serde.Decoded;
import io.backstop.serde.StateSerde;
import io.backstop.serde.WireDecoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Work from admission to its outcome, with the bytes it came as. Cached: what is admitted and done
 * within one commit interval costs one small write instead of two. Stream thread only.
 */
final class InFlightStore {
  /** A page is on the heap as a whole. */
  private static final long PAGE_BYTES = 4 * 1024 * 1024;

  private final KeyValueStore<String, InFlightWork> store;
  private final WireDecoder<ActionRequest> decoder;

  InFlightStore(KeyValueStore<String, InFlightWork> store, WireDecoder<ActionRequest> decoder) {
    this.store = store;
    this.decoder = decoder;
  }

  static StoreBuilder<KeyValueStore<String, InFlightWork>> builder() {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(StoreNames.IN_FLIGHT),
            Serdes.String(),
            new StateSerde<>(InFlightWork.class))
        .withCachingEnabled();
  }

  /** Records work whose call is about to be started. */
  void putStarted(Work work) {
    put(work, null, null, false);
  }

  /** Records work that waits at {@code sequence}. */
  void putWaiting(Work work, long sequence) {
    put(work, sequence, null, false);
  }

  /** Records work whose next attempt is due later. */
  void putBackingOff(Work work, long dueAt) {
    put(work, null, dueAt, false);
  }

  /** Records work that is on its way to its next step, through the topic of that step. */
  void putHopping(Work work) {
    put(work, null, null, true);
  }

  /** Puts work back into the queue at another place, with what is known of earlier attempts. */
  void requeue(String idempotencyKey, InFlightWork stored, List<Attempt> attempts, long sequence) {
    store.put(
        idempotencyKey,
        InFlightWork.newBuilder(stored)
            .setAttempts(attempts)
            .setWaitingSequence(sequence)
            .setBackingOffUntil(null)
            .build());
  }

  /** Leaves work where it backs off, for longer. */
  void postpone(String idempotencyKey, InFlightWork stored, long until) {
    store.put(
        idempotencyKey,
        InFlightWork.newBuilder(stored).setBackingOffUntil(Instant.ofEpochMilli(until)).build());
  }

  /** Null when nothing is in flight under the key. */
  InFlightWork get(String idempotencyKey) {
    return store.get(idempotencyKey);
  }

  void delete(String idempotencyKey) {
    // put, not delete: that would read and decode what nobody asks for
    store.put(idempotencyKey, null);
  }

  /**
   * Some entries whose key is greater than {@code after}, null for the first: up to {@code limit},
   * and fewer where they are large; none only when there are none.
   */
  List<KeyValue<String, InFlightWork>> page(String after, int limit) {
    List<KeyValue<String, InFlightWork>> page = new ArrayList<>();
    long bytes = 0;
    try (KeyValueIterator<String, InFlightWork> stored = store.range(after, null)) {
      while (stored.hasNext() && page.size() < limit && bytes < PAGE_BYTES) {
        KeyValue<String, InFlightWork> entry = stored.next();
        if (!entry.key.equals(after)) {
          page.add(entry);
          bytes += entry.value.getOriginal().getValue().remaining();
        }
      }
    }
    return page;
  }

  /** What became of reading stored work back. */
  sealed interface Restored {
    /** The work as it was admitted. */
    record Ready(Work work) implements Restored {}

    /** The schema that it was written with is not known here yet, and is being fetched. */
    record SchemaPending() implements Restored {}

    /** It cannot be read any more, because its schema has gone from the registry, say. */
    record Unreadable(String reason) implements Restored {}
  }

  Restored restore(String idempotencyKey, InFlightWork stored) {
    Decoded<ActionRequest> decoded = decoder.decode(stored.getOriginal().getValue().array());
    if (decoded instanceof Decoded.Value<ActionRequest> request) {
      return new Restored.Ready(
          new Work(
              request.value(),
              idempotencyKey,
              stored.getOriginal(),
              stored.getReceivedAt().toEpochMilli(),
              stored.getAttempts(),
              StoredCascades.read(stored.getCascade())));
    } else if (decoded instanceof Decoded.Undecodable<ActionRequest> undecodable) {
      return new Restored.Unreadable(undecodable.reason());
    } else if (decoded instanceof Decoded.SchemaUnknownYet<ActionRequest> unknown) {
      decoder.fetch(unknown.schemaId());
    }
    return new Restored.SchemaPending();
  }

  private void put(Work work, Long sequence, Long dueAt, boolean hopping) {
    ActionRequest request = work.request();
    store.put(
        work.idempotencyKey(),
        new InFlightWork(
            request.getRequestId(),
            work.target(),
            work.priority(),
            work.original(),
            sequence,
            dueAt == null ? null : Instant.ofEpochMilli(dueAt),
            request.getDeadline(),
            work.attempts(),
            Instant.ofEpochMilli(work.receivedAt()),
            request.getSubmitter(),
            StoredCascades.stored(work.cascade(), hopping)));
  }
}
