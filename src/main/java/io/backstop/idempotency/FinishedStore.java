package io.backstop.idempotency;

import io.backstop.action.FinishedRequest;
import io.backstop.action.StoreNames;
import io.backstop.serde.StateSerde;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/**
 * Terminal outcomes by idempotency key, for the retention window. Entries stand in buckets of half
 * the retention, so a key is found by three point reads, four near the border of a bucket, and a
 * whole segment is dropped when its time is over: expiry costs nothing.
 */
final class FinishedStore {
  private static final long CLOCK_SKEW_MS = 60_000;

  private final WindowStore<String, FinishedRequest> store;
  private final long retentionMs;
  private final long bucketMs;

  FinishedStore(WindowStore<String, FinishedRequest> store, Duration retention) {
    this.store = store;
    this.retentionMs = retention.toMillis();
    this.bucketMs = bucket(retention).toMillis();
  }

  /** The outcome under {@code key}, unless it is older than the retention. */
  Optional<FinishedRequest> find(String key, long now) {
    // an earlier owner of the task may have written with a clock that was ahead of this one
    long ahead = now + Math.min(CLOCK_SKEW_MS, bucketMs);
    for (long start = ahead - ahead % bucketMs;
        start > now - retentionMs - bucketMs && start >= 0;
        start -= bucketMs) {
      FinishedRequest found = store.fetch(key, start);
      if (found != null) {
        boolean kept = found.getFinishedAt().toEpochMilli() > now - retentionMs;
        return kept ? Optional.of(found) : Optional.empty();
      }
    }
    return Optional.empty();
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

  private static Duration bucket(Duration retention) {
    return retention.dividedBy(2);
  }
}
