package io.backstop.cache;

import io.backstop.action.ActionRequest;
import io.backstop.action.CacheCounts;
import io.backstop.action.CachedResult;
import io.backstop.action.FleetSignal;
import io.backstop.action.ResultCache;
import io.backstop.action.SignalSource;
import io.backstop.action.Work;
import io.backstop.config.BackstopConfig;
import io.backstop.metrics.ActionMetrics;
import io.backstop.metrics.Metric;
import io.backstop.serde.StateSerde;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process's view of the cached results. The global thread, which keeps the store, shows it here
 * ({@link CachedResultsUpdate}); stream threads look results up in it. A store that is not there
 * yet, or not any more, has none. Thread-safe.
 */
public final class CachedResults implements ResultCache, SignalSource {
  private static final Logger LOG = LoggerFactory.getLogger(CachedResults.class);

  /** A result may seem to come from the future of a slower clock by so much. */
  private static final long CLOCK_SKEW_MS = 60_000;

  /** What is held, and where: one reference, so that the two always belong together. */
  private record View(Optional<ReadOnlyKeyValueStore<String, byte[]>> store, Held held) {
    static final View NONE = new View(Optional.empty(), Held.NOTHING);
  }

  private final CacheRules rules;
  private final CacheBounds bounds;
  private final ActionMetrics metrics;
  private final CountsReport report;
  private final StateSerde<CachedResult> serde = StateSerde.ofTopicRecord(CachedResult.class);
  private final AtomicReference<View> view = new AtomicReference<>(View.NONE);
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();

  /**
   * @param instance name of this process from its start to its end, in its signals
   */
  public CachedResults(BackstopConfig config, String instance, ActionMetrics metrics) {
    this.rules = new CacheRules(config);
    this.bounds = CacheBounds.of(config.cache());
    this.metrics = metrics;
    this.report = new CountsReport(instance);
    metrics.gauge(Metric.CACHE_ENTRIES, () -> held().entries());
    metrics.gauge(Metric.CACHE_BYTES, () -> held().bytes());
  }

  @Override
  public Optional<CachedResult> find(Work work, long now) {
    Optional<CacheKey> key = rules.keyFor(work);
    if (key.isEmpty()) {
      return Optional.empty();
    }
    Optional<CachedResult> found =
        read(key.get().recordKey()).filter(result -> isServable(result, key.get(), now));
    (found.isPresent() ? hits : misses).increment();
    metrics.counter(Metric.CACHE_LOOKUPS, found.isPresent() ? "hit" : "miss").increment();
    return found;
  }

  @Override
  public List<FleetSignal> due(long now) {
    return report.due(now, this::counts);
  }

  @Override
  public List<FleetSignal> leaving(long now) {
    return report.leaving(now, counts());
  }

  /** Whether an earlier result may be served to a request at all. */
  public boolean takes(ActionRequest request) {
    return rules.applyTo(request);
  }

  CacheRules rules() {
    return rules;
  }

  CacheBounds bounds() {
    return bounds;
  }

  StateSerde<CachedResult> serde() {
    return serde;
  }

  Held held() {
    return view.get().held();
  }

  boolean holds(String recordKey) {
    return read(recordKey).isPresent();
  }

  /** The store is there, and holds this; called on the global thread, after each change. */
  void show(ReadOnlyKeyValueStore<String, byte[]> store, Held held) {
    view.set(new View(Optional.of(store), held));
  }

  /** The store is about to be closed; says nothing about one that took its place. */
  void hide(ReadOnlyKeyValueStore<String, byte[]> store) {
    UnaryOperator<View> without = v -> v.store().orElse(null) == store ? View.NONE : v;
    view.updateAndGet(without);
  }

  private static boolean isServable(CachedResult result, CacheKey key, long now) {
    long age = now - result.getStoredAt().toEpochMilli();
    return age < key.maxAgeMs() && age > -CLOCK_SKEW_MS;
  }

  private Optional<CachedResult> read(String recordKey) {
    Optional<ReadOnlyKeyValueStore<String, byte[]>> store = view.get().store();
    if (store.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(serde.decode(store.get().get(recordKey)));
    } catch (InvalidStateStoreException e) {
      LOG.debug("cached results cannot be read now reason={}", e.getMessage());
      return Optional.empty();
    } catch (SerializationException e) {
      LOG.warn("cached result cannot be read and is not served reason={}", e.getMessage());
      return Optional.empty();
    }
  }

  private CacheCounts counts() {
    Held held = held();
    return CacheCounts.newBuilder()
        .setEntries(held.entries())
        .setBytes(held.bytes())
        .setHits(hits.sum())
        .setMisses(misses.sum())
        .setOldest(
            held.oldest().isPresent() ? Instant.ofEpochMilli(held.oldest().getAsLong()) : null)
        .build();
  }
}
