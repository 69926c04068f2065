package io.backstop.execution;

import io.backstop.action.Priority;
import io.backstop.action.StoreNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** What waits in one task, by service; hands out places in the order of arrival. */
final class Backlog {
  private static final int SEQUENCES_PER_MS_BITS = 20;

  private final KeyValueStore<Bytes, String> store;
  private final int starvationTurn;
  private final Map<String, WaitingRequests> byService = new HashMap<>();
  private final List<String> scopes = new ArrayList<>();
  private long lastSequence;

  Backlog(KeyValueStore<Bytes, String> store, int starvationTurn) {
    this.store = store;
    this.starvationTurn = starvationTurn;
  }

  /** Not cached: a range over a cached store copies all cached keys first. */
  static StoreBuilder<KeyValueStore<Bytes, String>> builder() {
    return Stores.keyValueStoreBuilder(
        Stores.persistentKeyValueStore(StoreNames.WAITING), Serdes.Bytes(), Serdes.String());
  }

  WaitingRequests of(String service) {
    WaitingRequests known = byService.get(service);
    if (known == null) {
      known = new WaitingRequests(store, service, starvationTurn);
      byService.put(service, known);
      scopes.add(service);
    }
    return known;
  }

  /** The scopes that anything may wait for; grows at the end while it is walked through. */
  List<String> scopes() {
    return scopes;
  }

  /** Whether nothing waits, in whatever service; true only of a task whose work was resumed. */
  boolean isEmpty() {
    for (WaitingRequests waiting : byService.values()) {
      if (!waiting.isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /**
   * A place behind everything that waits for the service, also behind what an earlier owner of the
   * task queued, whose clock may have been ahead of this one's.
   */
  long nextSequence(String service, long now) {
    lastSequence = Math.max(lastSequence, of(service).last());
    lastSequence = Math.max(lastSequence + 1, now << SEQUENCES_PER_MS_BITS);
    return lastSequence;
  }

  /**
   * A place before everything that arrived later than {@code receivedAt}, and that nobody holds.
   *
   * @param counter grows from call to call, so that the search for a free place stays short
   */
  long placeOf(String service, Priority priority, long receivedAt, long counter) {
    long place = (receivedAt << SEQUENCES_PER_MS_BITS) + counter;
    while (of(service).holder(priority, place) != null) {
      place++;
    }
    return place;
  }

  /** Whether this request still stands at its place: it has not been started. */
  boolean holds(String service, Priority priority, long sequence, String idempotencyKey) {
    return idempotencyKey.equals(of(service).holder(priority, sequence));
  }

  /** Frees a place; where it is read ahead already, what is taken from it stands there no more. */
  void free(String service, Priority priority, long sequence) {
    of(service).free(priority, sequence);
  }
}
