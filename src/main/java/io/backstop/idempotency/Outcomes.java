package io.backstop.idempotency;

import io.backstop.action.FinishedRequest;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;

/**
 * Finds what became of a request, in the buckets in which {@link FinishedStore} keeps it. As
 * thread-safe as the store that it is given.
 */
public final class Outcomes {
  private static final long CLOCK_SKEW_MS = 60_000;

  private final ReadOnlyWindowStore<String, FinishedRequest> store;
  private final long retentionMs;
  private final long bucketMs;

  /**
   * @param store {@link io.backstop.action.StoreNames#FINISHED} of one partition
   * @param retention that the store is kept with
   */
  public Outcomes(ReadOnlyWindowStore<String, FinishedRequest> store, Duration retention) {
    this.store = store;
    this.retentionMs = retention.toMillis();
    this.bucketMs = FinishedStore.bucket(retention).toMillis();
  }

  /** The outcome under {@code key}, unless it is older than the retention. */
  public Optional<FinishedRequest> find(String key, long now) {
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
}
