package io.backstop.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServedFromCacheTest {
  private static final long NOW = 1_772_000_000_000L;

  @Test
  void shouldAnswerInTheNameOfTheRequestAndSayWhereTheAnswerComesFrom() {
    var failed =
        new Attempt(
            "notion:query",
            1,
            Instant.ofEpochMilli(NOW - 50),
            50L,
            AttemptOutcome.RETRYABLE,
            FailureClass.SERVER_ERROR,
            503,
            "down");

    ActionResult result =
        ServedFromCache.result(
            work(), cached(NOW - 120_000), List.of(failed), "notion:query failed", NOW);

    assertThat(result.getRequestId()).isEqualTo("r-2");
    assertThat(result.getIdempotencyKey()).isEqualTo("key-2");
    assertThat(result.getStatus()).isEqualTo(ResultStatus.SUCCEEDED);
    assertThat(result.getFromCache()).isTrue();
    assertThat(result.getCachedAgeMs()).isEqualTo(120_000);
    assertThat(result.getExecutedBy()).isEqualTo("notion:query");
    assertThat(result.getResponseData()).isEqualTo("{\"n\":1}");
    assertThat(result.getOriginalError()).isEqualTo("notion:query failed");
    assertThat(result.getAttempts()).containsExactly(failed);
    assertThat(result.getMessage())
        .isEqualTo("Answered from a result of 2 minutes ago while Notion is unavailable.");
    assertThat(result.getReceivedAt()).isEqualTo(Instant.ofEpochMilli(7));
    assertThat(result.getCompletedAt()).isEqualTo(Instant.ofEpochMilli(NOW));
  }

  @ParameterizedTest
  @CsvSource({
    "-PT5S, a moment",
    "PT0.9S, a moment",
    "PT1S, 1 second",
    "PT59.999S, 59 seconds",
    "PT1M, 1 minute",
    "PT59M59S, 59 minutes",
    "PT1H, 1 hour",
    "PT23H, 23 hours",
    "PT24H, 1 day",
    "PT168H, 7 days"
  })
  void shouldSayTheAgeInWords(Duration age, String words) {
    ActionResult result =
        ServedFromCache.result(work(), cached(NOW - age.toMillis()), List.of(), "open", NOW);

    assertThat(result.getMessage()).contains("a result of " + words + " ago while");
    assertThat(result.getCachedAgeMs()).isEqualTo(Math.max(0, age.toMillis()));
  }

  private static CachedResult cached(long storedAt) {
    return new CachedResult(
        "notion:query", "r-1", "notion:query", "{\"n\":1}", Instant.ofEpochMilli(storedAt));
  }

  private static Work work() {
    var request =
        ActionRequest.newBuilder()
            .setRequestId("r-2")
            .setAction("notion:query")
            .setPayload(QueryPayload.newBuilder().setQuery("q").build())
            .build();
    var original =
        new OriginalRecord("requests", 0, 1L, 2L, null, ByteBuffer.wrap(new byte[1]), List.of());
    return Work.of(request, "key-2", original, 7L);
  }
}
