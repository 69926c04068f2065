package io.backstop.execution;

import io.backstop.action.Priority;
import io.backstop.action.StoreNames;
import io.backstop.execution.WaitingDepths.Depth;
import io.backstop.execution.WaitingDepths.LaneName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
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
  private final Predicate<String> isCounted;
  private final Map<String, WaitingRequests> byService = new HashMap<>();
  private final List<String> scopes = new ArrayList<>();
  private long lastSequence;

  /**
   * @param isCounted whether a request that is added now is to be counted; see {@link #found}
   */
  Backlog(KeyValueStore<Bytes, String> store, int starvationTurn, Predicate<String> isCounted) {
    this.store = store;
    this.isCounted = isCounted;
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
      known = new WaitingRequests(store, service, starvationTurn, isCounted);
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

  /** The task's walk through its work has come past a request that waits. */
  void found(String service, Priority priority) {
    of(service).found(priority);
  }

  /** How much waits where; lanes in which nothing does are left out. */
  Map<LaneName, Depth> depths() {
    Map<LaneName, Depth> depths = new HashMap<>();
    byService.forEach(
        (scope, waiting) ->
            waiting.depths(
                (priority, lane) ->
                    depths.put(
                        new LaneName(scope, priority),
                        new Depth(lane.size(), lane.first() >> SEQUENCES_PER_MS_BITS))));
    return depths;
  }

  /** Frees a place; where it is read ahead already, what is taken from it stands there no more. */
  void free(String service, Priority priority, long sequence) {
    of(service).free(priority, sequence);
  }
}
