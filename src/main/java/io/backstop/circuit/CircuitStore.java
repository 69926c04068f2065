package io.backstop.circuit;

import io.backstop.action.CircuitRecord;
import io.backstop.action.StoreNames;
import io.backstop.serde.SmallStores;
import io.backstop.serde.StateSerde;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The status of each circuit and what commands have changed, by scope. It is written when one of
 * these changes: never for calls that succeed, as the evidence comes again with the next signals.
 */
final class CircuitStore {
  private final KeyValueStore<String, CircuitRecord> store;

  CircuitStore(KeyValueStore<String, CircuitRecord> store) {
    this.store = store;
  }

  void put(String scope, CircuitRecord kept) {
    store.put(scope, kept);
  }

  /** All that is kept, in order of their scopes. */
  void forEach(BiConsumer<String, CircuitRecord> reader) {
    List<KeyValue<String, CircuitRecord>> all = new ArrayList<>();
    try (KeyValueIterator<String, CircuitRecord> entries = store.all()) {
      entries.forEachRemaining(all::add);
    }
    all.forEach(entry -> reader.accept(entry.key, entry.value));
  }

  static StoreBuilder<KeyValueStore<String, CircuitRecord>> builder() {
    return SmallStores.builder(
        StoreNames.CIRCUITS, Serdes.String(), new StateSerde<>(CircuitRecord.class));
  }
}
