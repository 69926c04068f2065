package io.backstop.serde;

import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Stores of a few entries in each task. They are in memory: to open one on disk takes as long as to
 * open a large one, and whoever takes over the work of a dead instance opens all stores of its
 * tasks, and of the copies that change hands, before it goes on.
 */
public final class SmallStores {
  /** The least that brokers take. The newest segment is not compacted, and is restored whole. */
  private static final String SEGMENT_BYTES = Integer.toString(1024 * 1024);

  private SmallStores() {}

  /** Not cached; with a changelog. */
  public static <K, V> StoreBuilder<KeyValueStore<K, V>> builder(
      String name, Serde<K> keys, Serde<V> values) {
    return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), keys, values)
        .withLoggingEnabled(Map.of(TopicConfig.SEGMENT_BYTES_CONFIG, SEGMENT_BYTES));
  }
}
