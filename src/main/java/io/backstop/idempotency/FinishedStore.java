package io.backstop.idempotency;

import io.backstop.action.FinishedRequest;
import io.backstop.action.StoreNames;
import io.backstop.serde.FirstSegment;
import io.backstop.serde.StateSerde;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/**
 * Terminal outcomes by idempotency key, for the retention window. Entries stand in buckets of half
 * the retention, so a key is found by three point reads, four near the border of a bucket, and a
 * whole segment is dropped when its time is over: expiry costs nothing.
 */
final class FinishedStore {
  private final WindowStore<String, FinishedRequest> store;
  private final Outcomes outcomes;
  private final long bucketMs;

  FinishedStore(WindowStore<String, FinishedRequest> store, Duration retention) {
    this.store = store;
    this.outcomes = new Outcomes(store, retention);
    this.bucketMs = bucket(retention).toMillis();
  }

  /** The outcome under {@code key}, unless it is older than the retention. */
  Optional<FinishedRequest> find(String key, long now) {
    return outcomes.find(key, now);
  }

  void put(String key, FinishedRequest finished, long now) {
    store.put(key, finished, now - now % bucketMs);
  }

  static StoreBuilder<WindowStore<String, FinishedRequest>> builder(Duration retention) {
    Duration bucket = bucket(retention);
    return Stores.windowStoreBuilder(
        Stores.persistentWindowStore(
            StoreNames.FINISHED, retention.plus(bucket).plus(bucket), bucket, false),
        Serdes.String(),
        new StateSerde<>(FinishedRequest.class));
  }

  /** Call it once per task, at its start. */
  void ensureSegment(ProcessorContext<?, ?> context) {
    FirstSegment.ensure(context, store, Duration.ofMillis(bucketMs));
  }

  static Duration bucket(Duration retention) {
    return retention.dividedBy(2);
  }
}
