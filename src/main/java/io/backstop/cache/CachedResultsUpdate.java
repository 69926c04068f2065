package io.backstop.cache;

import io.backstop.action.CachedResult;
import io.backstop.action.StoreNames;
import io.backstop.serde.StateSerde;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the global store of cached results within its bounds, on the global thread. Streams runs
 * one instance of this through the records it restores, which it never closes, and another one
 * through those that follow; each finds what is held by walking the store. A record seen again
 * after a restart changes nothing for the worse.
 */
public final class CachedResultsUpdate implements Processor<String, CachedResult, Void, Void> {
  private static final Logger LOG = LoggerFactory.getLogger(CachedResultsUpdate.class);

  /** What the index has to know of an entry in the store. */
  private record Stored(String key, int size, long storedAt) {}

  private final CachedResults results;
  private final StateSerde<CachedResult> serde;
  private final CacheIndex index;
  private ProcessorContext<Void, Void> context;
  private KeyValueStore<String, byte[]> store;

  private CachedResultsUpdate(CachedResults results) {
    this.results = results;
    this.serde = results.serde();
    this.index = new CacheIndex(results.bounds());
  }

  public static ProcessorSupplier<String, CachedResult, Void, Void> supplier(
      CachedResults results) {
    return () -> new CachedResultsUpdate(results);
  }

  /** For {@code Topology.addGlobalStore}, which brings the store to its processor itself. */
  public static StoreBuilder<KeyValueStore<String, byte[]>> store() {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(StoreNames.CACHED_RESULTS),
            Serdes.String(),
            Serdes.ByteArray())
        .withLoggingDisabled();
  }

  @Override
  public void init(ProcessorContext<Void, Void> processorContext) {
    context = processorContext;
    store = context.getStateStore(StoreNames.CACHED_RESULTS);
    rebuild(context.currentSystemTimeMs());
    results.show(store, index.held());
  }

  @Override
  public void process(Record<String, CachedResult> record) {
    String key = record.key();
    if (key == null || !RecordKey.isValid(key)) {
      LOG.warn("cached result without a valid key is left out keyLength={}", length(key));
      return;
    }
    if (record.value() == null) {
      index.remove(key);
      store.delete(key);
    } else {
      keep(key, record.value(), context.currentSystemTimeMs());
    }
    results.show(store, index.held());
  }

  @Override
  public void close() {
    results.hide(store);
  }

  private void keep(String key, CachedResult result, long now) {
    long storedAt = result.getStoredAt().toEpochMilli();
    List<String> gone =
        RecordKey.isMark(key)
            ? index.clear(key, storedAt, now)
            : index.put(key, EntrySize.of(key, result), storedAt, now);
    if (!gone.contains(key)) {
      store.put(key, serde.encode(result));
    }
    gone.forEach(store::delete);
  }

  private void rebuild(long now) {
    List<String> gone = new ArrayList<>();
    List<Stored> entries = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> next = all.next();
        Optional<Stored> stored = read(next);
        if (stored.isEmpty()) {
          gone.add(next.key);
        } else if (RecordKey.isMark(next.key)) {
          index.restoreMark(next.key, stored.get().storedAt());
        } else {
          entries.add(stored.get());
        }
      }
    }
    for (Stored entry : entries) {
      gone.addAll(index.put(entry.key(), entry.size(), entry.storedAt(), now));
    }
    gone.forEach(store::delete);
    LOG.debug("cached results ready entries={} dropped={}", index.held().entries(), gone.size());
  }

  private Optional<Stored> read(KeyValue<String, byte[]> entry) {
    try {
      CachedResult result = serde.decode(entry.value);
      return Optional.of(
          new Stored(
              entry.key, EntrySize.of(entry.key, result), result.getStoredAt().toEpochMilli()));
    } catch (SerializationException e) {
      LOG.warn("cached result cannot be read and is dropped reason={}", e.getMessage());
      return Optional.empty();
    }
  }

  private static int length(String key) {
    return key == null ? 0 : key.length();
  }
}
