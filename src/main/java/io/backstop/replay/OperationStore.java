package io.backstop.replay;

import io.backstop.action.KeptOperation;
import io.backstop.action.StoreNames;
import io.backstop.serde.StateSerde;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Every operation that is open, and the last ones that have ended, by id. Stream thread only. */
final class OperationStore {
  private final KeyValueStore<String, KeptOperation> store;

  OperationStore(KeyValueStore<String, KeptOperation> store) {
    this.store = store;
  }

  /** Cached: while an operation runs, its counts change many times in a transaction. */
  static StoreBuilder<KeyValueStore<String, KeptOperation>> builder() {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(StoreNames.OPERATIONS),
            Serdes.String(),
            new StateSerde<>(KeptOperation.class))
        .withCachingEnabled();
  }

  void put(String id, KeptOperation operation) {
    store.put(id, operation);
  }

  void forget(String id) {
    store.delete(id);
  }

  Map<String, KeptOperation> all() {
    Map<String, KeptOperation> all = new HashMap<>();
    try (KeyValueIterator<String, KeptOperation> entries = store.all()) {
      entries.forEachRemaining(entry -> all.put(entry.key, entry.value));
    }
    return all;
  }
}
