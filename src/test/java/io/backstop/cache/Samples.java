package io.backstop.cache;

import io.backstop.action.ActionRequest;
import io.backstop.action.ActionResult;
import io.backstop.action.CacheCounts;
import io.backstop.action.CachedResult;
import io.backstop.action.FleetSignal;
import io.backstop.action.IdempotencyKey;
import io.backstop.action.OriginalRecord;
import io.backstop.action.PolicyOverrides;
import io.backstop.action.QueryPayload;
import io.backstop.action.ResultStatus;
import io.backstop.action.TerminalOutcome;
import io.backstop.action.Work;
import io.backstop.metrics.ActionMetrics;
import io.backstop.testing.TestConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

/** What the tests of the cache are about. */
final class Samples {
  static final long NOW = 1_772_000_000_000L;

  private Samples() {}

  static CachedResults results(String... settings) {
    return new CachedResults(
        TestConfig.with(settings), "one", new ActionMetrics(new SimpleMeterRegistry()));
  }

  static Work query(String query) {
    return work("notion:query", query, null);
  }

  static Work work(String action, String query, PolicyOverrides policy) {
    return work(
        ActionRequest.newBuilder()
            .setRequestId("r-" + query)
            .setAction(action)
            .setPayload(QueryPayload.newBuilder().setQuery(query).build())
            .setPolicy(policy)
            .build());
  }

  static Work work(ActionRequest request) {
    var original =
        new OriginalRecord("requests", 0, 1L, 2L, null, ByteBuffer.wrap(new byte[1]), List.of());
    return Work.of(request, IdempotencyKey.of(request), original, NOW);
  }

  static PolicyOverrides policy(String cacheKey, Long maxAgeMs) {
    return PolicyOverrides.newBuilder().setCacheKey(cacheKey).setCacheMaxAgeMs(maxAgeMs).build();
  }

  static TerminalOutcome.Done done(Work work, String response) {
    String action = work.request().getAction();
    return new TerminalOutcome.Done(
        work,
        ActionResult.newBuilder()
            .setRequestId(work.request().getRequestId())
            .setIdempotencyKey(work.idempotencyKey())
            .setStatus(ResultStatus.SUCCEEDED)
            .setPrimaryAction(action)
            .setExecutedBy(action)
            .setResponseData(response)
            .setReceivedAt(Instant.ofEpochMilli(NOW))
            .setCompletedAt(Instant.ofEpochMilli(NOW))
            .build());
  }

  static CachedResult cached(String action, String response, long storedAt) {
    return new CachedResult(action, "r-1", action, response, Instant.ofEpochMilli(storedAt));
  }

  static FleetSignal signal(
      String instance, long sequence, boolean leaving, long entries, long hits, long misses) {
    return FleetSignal.newBuilder()
        .setInstance(instance)
        .setScope("")
        .setSequence(sequence)
        .setSentAt(Instant.ofEpochMilli(NOW))
        .setLeaving(leaving)
        .setCache(
            CacheCounts.newBuilder()
                .setEntries(entries)
                .setBytes(entries * 100)
                .setHits(hits)
                .setMisses(misses)
                .setOldest(entries == 0 ? null : Instant.ofEpochMilli(NOW - entries))
                .build())
        .build();
  }
}
