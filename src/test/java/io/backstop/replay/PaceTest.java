package io.backstop.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long NOW = 1_000_000;

  @Test
  void shouldAllowTheFirstAtOnceAndFurtherOnesAtFractionalRates() {
    Pace pace = Pace.from(0.5, NOW);

    assertThat(take(pace, NOW)).isEqualTo(1);
    assertThat(take(pace, NOW + 1_900)).isZero();
    assertThat(take(pace, NOW + 2_000)).isEqualTo(1);
  }

  @Test
  void shouldMakeUpForAPauseByAQuarterOfASecondAtMost() {
    Pace pace = Pace.from(100.0, NOW);
    take(pace, NOW);

    assertThat(take(pace, NOW + 3_600_000)).isEqualTo(26);
  }

  @Test
  void shouldReleaseNothingInTheFirstSecondAfterARestart() {
    Pace pace = Pace.again(100.0, NOW);

    assertThat(take(pace, NOW + 999)).isZero();
    assertThat(take(pace, NOW + 1_000)).isEqualTo(26);
  }

  @Test
  void shouldNotBoundWhatHasNoRate() {
    Pace pace = Pace.from(null, NOW);

    assertThat(pace.due(NOW)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void shouldGoOnWhenTheClockIsSetBack() {
    Pace pace = Pace.from(10.0, NOW);
    take(pace, NOW);

    assertThat(take(pace, NOW - 10_000)).isZero();
    assertThat(take(pace, NOW + 2_000)).isEqualTo(3);
  }

  @Property(tries = 300)
  void shouldKeepTheRateInEverySecondAndReachItOverAll(
      @ForAll @DoubleRange(min = 0.5, max = 2_000) double rate, @ForAll long seed) {
    Random random = new Random(seed);
    Pace pace = Pace.from(rate, NOW);
    Deque<long[]> lastSecond = new ArrayDeque<>();
    long released = 0;
    long now = NOW;

    while (now < NOW + 60_000) {
      now += 80 + random.nextInt(41);
      long end = now;
      long taken = take(pace, now);
      lastSecond.add(new long[] {now, taken});
      lastSecond.removeIf(each -> each[0] <= end - 1_000);
      assertThat(lastSecond.stream().mapToLong(each -> each[1]).sum())
          .isLessThanOrEqualTo((long) Math.ceil(rate));
      released += taken;
    }

    assertThat((double) released).isBetween(0.9 * rate * 60 - 2, rate * 61 + 2);
  }

  private static long take(Pace pace, long now) {
    long due = pace.due(now);
    pace.took(due, now);
    return due;
  }
}
