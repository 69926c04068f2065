package io.backstop.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RequestRangeTest {
  private static final Instant TEN = Instant.parse("2026-11-22T10:00:00Z");
  private static final Optional<Instant> NEVER = Optional.empty();

  private static RequestRange.Held held(Map<Integer, Long> atSince) {
    return new RequestRange.Held(Map.of(0, 100L, 1, 0L), Map.of(0, 500L, 1, 50L), atSince);
  }

  private static RequestRange.Wanted offsets(Map<Integer, Long> from, Map<Integer, Long> to) {
    return new RequestRange.Wanted(NEVER, NEVER, from, to);
  }

  @Test
  void shouldReadAllPartitionsFromATimeOn() throws InvalidRequestException {
    var wanted =
        new RequestRange.Wanted(
            Optional.of(TEN), Optional.of(TEN.plusSeconds(60)), Map.of(), Map.of());

    RequestRange range = RequestRange.of(wanted, held(Map.of(0, 300L, 1, 50L)));

    assertThat(range.from()).isEqualTo(Map.of(0, 300L, 1, 50L));
    assertThat(range.to()).isEqualTo(Map.of(0, 500L, 1, 50L));
    assertThat(range.span()).isEqualTo(200);
    assertThat(range.covers(TEN.toEpochMilli())).isTrue();
    assertThat(range.covers(TEN.toEpochMilli() - 1)).isFalse();
    assertThat(range.covers(TEN.plusSeconds(60).toEpochMilli())).isFalse();
  }

  @Test
  void shouldReadOnlyPartitionsWithOffsetsWhereNoTimeIsGiven() throws InvalidRequestException {
    RequestRange range = RequestRange.of(offsets(Map.of(1, 10L), Map.of(1, 20L)), held(Map.of()));

    assertThat(range.from()).isEqualTo(Map.of(1, 10L));
    assertThat(range.to()).isEqualTo(Map.of(1, 20L));
    assertThat(range.covers(-1)).isTrue();
  }

  @Test
  void shouldNarrowATimeByOffsets() throws InvalidRequestException {
    var wanted = new RequestRange.Wanted(Optional.of(TEN), NEVER, Map.of(0, 350L), Map.of(0, 400L));

    RequestRange range = RequestRange.of(wanted, held(Map.of(0, 300L, 1, 20L)));

    assertThat(range.from()).isEqualTo(Map.of(0, 350L, 1, 20L));
    assertThat(range.to()).isEqualTo(Map.of(0, 400L, 1, 50L));
  }

  @Test
  void shouldRefuseOffsetsThatTheTopicDoesNotHave() {
    assertRefused(offsets(Map.of(0, 99L), Map.of()), "is gone: the oldest record", "is at 100");
    assertRefused(offsets(Map.of(), Map.of(0, 501L)), "after the end, which is 500");
    assertRefused(offsets(Map.of(7, 1L), Map.of()), "there is no partition 7");
    assertRefused(offsets(Map.of(1, 30L), Map.of(1, 20L)), "stands before --from-offset");
  }

  private static void assertRefused(RequestRange.Wanted wanted, String... words) {
    assertThatThrownBy(() -> RequestRange.of(wanted, held(Map.of())))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContainingAll(words);
  }

  @Property
  void shouldStayWithinWhatTheTopicHas(
      @ForAll @LongRange(min = 0, max = 600) long since,
      @ForAll @LongRange(min = 100, max = 500) long from,
      @ForAll @LongRange(min = 100, max = 500) long to)
      throws InvalidRequestException {
    var wanted =
        new RequestRange.Wanted(
            Optional.of(TEN), NEVER, Map.of(0, Math.min(from, to)), Map.of(0, Math.max(from, to)));

    RequestRange range = RequestRange.of(wanted, held(Map.of(0, Math.min(since, 500))));

    assertThat(range.from().get(0))
        .isBetween(100L, 500L)
        .isGreaterThanOrEqualTo(since > 500 ? 500 : since);
    assertThat(range.to().get(0)).isBetween(range.from().get(0), 500L);
  }
}
