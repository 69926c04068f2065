package io.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ReplayTimeTest {
  private static final OptionalDouble UNLIMITED = OptionalDouble.empty();

  private static ReplayTime.Load load(long notion, double limit) {
    return new ReplayTime.Load(notion, Map.of("notion", notion), Map.of("notion", limit));
  }

  @Test
  void shouldNameWhatLimitsItMost() {
    var load =
        new ReplayTime.Load(
            800, Map.of("notion", 720L, "slack", 80L), Map.of("notion", 3.0, "slack", 1.0));

    assertThat(ReplayTime.of(load, UNLIMITED, false).text())
        .isEqualTo("about 4m 0s: limited by notion's 3 calls/s");
    assertThat(ReplayTime.of(load, OptionalDouble.of(2), false).text())
        .isEqualTo("about 6m 40s: limited by --rate 2");
    assertThat(ReplayTime.of(load, OptionalDouble.of(2.5), true).text())
        .isEqualTo("about 5m 24s: limited by --rate 2.5; ramp of 4 stages");
  }

  @Test
  void shouldNotInventATimeWhereNothingLimitsIt() {
    var load = new ReplayTime.Load(10, Map.of("notion", 10L), Map.of());

    ReplayTime time = ReplayTime.of(load, UNLIMITED, true);

    assertThat(time.least()).isEmpty();
    assertThat(time.text()).contains("nothing limits its rate; ramp of 2 stages");
  }

  @Test
  void shouldCountTheStagesThatAreNeeded() {
    assertThat(stages(0)).isZero();
    assertThat(stages(1)).isEqualTo(1);
    assertThat(stages(2)).isEqualTo(2);
    assertThat(stages(11)).isEqualTo(2);
    assertThat(stages(12)).isEqualTo(3);
    assertThat(stages(111)).isEqualTo(3);
    assertThat(stages(11_111)).isEqualTo(5);
    assertThat(stages(20_000)).isEqualTo(6);
  }

  private static int stages(long requests) {
    return ReplayTime.of(new ReplayTime.Load(requests, Map.of(), Map.of()), UNLIMITED, true)
        .stages();
  }

  @Property
  void shouldNeverPromiseMoreThanALimitAllows(
      @ForAll @LongRange(min = 1, max = 100_000) long calls,
      @ForAll @DoubleRange(min = 0.1, max = 1_000) double limit,
      @ForAll @DoubleRange(min = 0.1, max = 1_000) double rate,
      @ForAll boolean ramp) {
    Duration least =
        ReplayTime.of(load(calls, limit), OptionalDouble.of(rate), ramp).least().orElseThrow();

    double seconds = least.toMillis() / 1e3;
    assertThat(calls / seconds).isLessThanOrEqualTo(Math.min(limit, rate) * 1.000_001);
  }

  @Property
  void shouldTakeNoLongerForLessWorkOrWithoutRampOrLimit(
      @ForAll @LongRange(min = 1, max = 100_000) long calls,
      @ForAll @LongRange(min = 0, max = 100_000) long more,
      @ForAll @DoubleRange(min = 0.1, max = 1_000) double limit,
      @ForAll @DoubleRange(min = 0.1, max = 1_000) double rate) {
    OptionalDouble limited = OptionalDouble.of(rate);
    Duration least = ReplayTime.of(load(calls, limit), limited, true).least().orElseThrow();

    assertThat(ReplayTime.of(load(calls + more, limit), limited, true).least().orElseThrow())
        .isGreaterThanOrEqualTo(least);
    assertThat(ReplayTime.of(load(calls, limit), limited, false).least().orElseThrow())
        .isLessThan(least);
    assertThat(ReplayTime.of(load(calls, limit), UNLIMITED, true).least().orElseThrow())
        .isLessThanOrEqualTo(least);
  }
}
