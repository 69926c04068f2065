package io.backstop.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionResult;
import io.backstop.action.FinishedRequest;
import io.backstop.action.ResultStatus;
import io.backstop.action.StoreNames;
import io.backstop.serde.StateSerde;
import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.junit.jupiter.api.Test;

class FinishedStoreTest {
  private static final long NOW = 1_772_000_000_000L;

  @Property(tries = 500)
  void shouldFindAnOutcomeUntilTheRetentionIsOverAndNeverAfter(
      @ForAll @IntRange(min = 60, max = 200_000) int retentionSeconds,
      @ForAll @LongRange(min = 0, max = 400_000_000) long finishedAfter,
      @ForAll @LongRange(min = 0, max = 400_000_000) long askedAfter) {
    Duration retention = Duration.ofSeconds(retentionSeconds);
    var store = store(retention);
    long finishedAt = NOW + finishedAfter;
    store.put("k", finished(finishedAt), finishedAt);

    boolean found = store.find("k", finishedAt + askedAfter).isPresent();

    assertThat(found).isEqualTo(askedAfter < retention.toMillis());
  }

  @Test
  void shouldHoldTheExactEdgesWithTheShortestRetention() {
    var store = store(Duration.ofMinutes(1));
    store.put("k", finished(NOW), NOW);

    assertThat(store.find("k", NOW)).isPresent();
    assertThat(store.find("k", NOW + 59_999)).isPresent();
    assertThat(store.find("k", NOW + 60_000)).isEmpty();
    assertThat(store.find("other", NOW)).isEmpty();
  }

  @Test
  void shouldFindTheNewestOfAKeyThatWasDoneAgain() {
    var store = store(Duration.ofMinutes(10));
    store.put("k", finished(NOW), NOW);
    store.put("k", finished(NOW + 700_000), NOW + 700_000);

    assertThat(store.find("k", NOW + 800_000))
        .map(FinishedRequest::getFinishedAt)
        .contains(Instant.ofEpochMilli(NOW + 700_000));
  }

  private static FinishedRequest finished(long at) {
    Instant time = Instant.ofEpochMilli(at);
    return new FinishedRequest(
        time,
        ActionResult.newBuilder()
            .setRequestId("r")
            .setIdempotencyKey("k")
            .setStatus(ResultStatus.SUCCEEDED)
            .setPrimaryAction("a:b")
            .setReceivedAt(time)
            .setCompletedAt(time)
            .build(),
        0);
  }

  private static FinishedStore store(Duration retention) {
    Duration bucket = retention.dividedBy(2);
    WindowStore<String, FinishedRequest> store =
        Stores.windowStoreBuilder(
                Stores.inMemoryWindowStore(
                    StoreNames.FINISHED, retention.plus(bucket).plus(bucket), bucket, false),
                Serdes.String(),
                new StateSerde<>(FinishedRequest.class))
            .withLoggingDisabled()
            .build();
    store.init(new MockProcessorContext<>().getStateStoreContext(), store);
    return new FinishedStore(store, retention);
  }
}
