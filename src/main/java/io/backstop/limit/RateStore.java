package io.backstop.limit;

import io.backstop.action.RateRecord;
import io.backstop.action.StoreNames;
import io.backstop.serde.SmallStores;
import io.backstop.serde.StateSerde;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * How each limit is shared out, by scope: in a store, so that no granted share is forgotten, and on
 * the heap, so that a tick reads nothing. There are no more scopes than services and targets.
 * Stream thread only.
 */
final class RateStore {
  private final KeyValueStore<String, RateRecord> store;
  private Map<String, RateSharing> sharings;

  RateStore(KeyValueStore<String, RateRecord> store) {
    this.store = store;
  }

  static StoreBuilder<KeyValueStore<String, RateRecord>> builder() {
    return SmallStores.builder(
            StoreNames.RATE_SHARES, Serdes.String(), new StateSerde<>(RateRecord.class))
        .withCachingEnabled();
  }

  RateSharing get(String scope) {
    return sharings().getOrDefault(scope, RateSharing.NONE);
  }

  void put(String scope, RateSharing sharing) {
    sharings().put(scope, sharing);
    store.put(scope, RateRecords.stored(sharing));
  }

  /** Changes all of them on the heap only. */
  void change(UnaryOperator<RateSharing> by) {
    sharings().replaceAll((scope, sharing) -> by.apply(sharing));
  }

  /** Scopes that anything is known of. */
  Set<String> scopes() {
    return sharings().keySet();
  }

  private Map<String, RateSharing> sharings() {
    if (sharings == null) {
      sharings = new HashMap<>();
      try (KeyValueIterator<String, RateRecord> stored = store.all()) {
        stored.forEachRemaining(
            entry -> sharings.put(entry.key, RateRecords.restored(entry.value)));
      }
    }
    return sharings;
  }
}
