package io.backstop.statistics;

import io.backstop.action.FallbackUse;
import io.backstop.action.StoreNames;
import io.backstop.serde.SmallStores;
import io.backstop.serde.StateSerde;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Uses of fallbacks that a task has not reported yet: in a store, so that they are counted in the
 * transaction of the outcome that they came with. Which there are is on the heap too, so that a
 * task without any reads nothing. Stream thread only.
 */
final class UnreportedUses {
  private static final int MAX_ERROR = 300;

  private final KeyValueStore<String, FallbackUse> store;
  private TreeSet<String> keys;

  UnreportedUses(KeyValueStore<String, FallbackUse> store) {
    this.store = store;
  }

  static StoreBuilder<KeyValueStore<String, FallbackUse>> builder() {
    return SmallStores.builder(
            StoreNames.FALLBACK_USES, Serdes.String(), StateSerde.ofTopicRecord(FallbackUse.class))
        .withCachingEnabled();
  }

  /**
   * Adds one use.
   *
   * @param error why the primary action failed; empty where that is not known
   */
  void add(String primaryAction, StepUse use, String error, long now) {
    String key = primaryAction + "|" + use.step();
    FallbackUse earlier = store.get(key);
    long succeeded = earlier == null ? 0 : earlier.getSucceeded();
    long failed = earlier == null ? 0 : earlier.getFailed();
    String lastError = earlier == null ? null : earlier.getLastError();
    store.put(
        key,
        new FallbackUse(
            primaryAction,
            use.step(),
            succeeded + (use.succeeded() ? 1 : 0),
            failed + (use.succeeded() ? 0 : 1),
            Instant.ofEpochMilli(now),
            use.succeeded() && !error.isEmpty() ? cut(error) : lastError));
    keys().add(key);
  }

  /** Takes out some of them, in the order of their keys; none when there are none. */
  List<FallbackUse> take(int atMost) {
    List<FallbackUse> taken = new ArrayList<>();
    while (taken.size() < atMost && !keys().isEmpty()) {
      String key = keys().pollFirst();
      taken.add(store.get(key));
      store.put(key, null);
    }
    return taken;
  }

  private TreeSet<String> keys() {
    if (keys == null) {
      keys = new TreeSet<>();
      try (KeyValueIterator<String, FallbackUse> all = store.all()) {
        all.forEachRemaining(entry -> keys.add(entry.key));
      }
    }
    return keys;
  }

  private static String cut(String error) {
    return error.length() <= MAX_ERROR ? error : error.substring(0, MAX_ERROR) + " [cut]";
  }
}
