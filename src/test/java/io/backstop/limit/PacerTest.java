package io.backstop.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacerTest {
  private static final long NOW = 1_772_000_000_000L;

  private static Pacer pacer(double rate) {
    var pacer = new Pacer();
    pacer.changeRate(rate, NOW);
    return pacer;
  }

  private static long startAll(Pacer pacer, long now, List<Long> starts) {
    long before = starts.size();
    while (pacer.tryStart(now)) {
      starts.add(now);
    }
    return starts.size() - before;
  }

  private static void assertNoSecondHasMoreThan(double most, List<Long> starts) {
    int oldest = 0;
    for (int newest = 0; newest < starts.size(); newest++) {
      while (starts.get(newest) - starts.get(oldest) > 1_000) {
        oldest++;
      }
      assertThat((double) newest - oldest + 1).isLessThanOrEqualTo(most);
    }
  }

  @Property
  void shouldStartAtMostTheRateAndOneInAnySecond(
      @ForAll @DoubleRange(min = 0.01, max = 2_000) double rate,
      @ForAll @Size(min = 1, max = 500) List<@LongRange(max = 300) Long> ticks) {
    var pacer = pacer(rate);
    var starts = new ArrayList<Long>();
    long now = NOW;

    for (long tick : ticks) {
      now += tick;
      startAll(pacer, now, starts);
    }

    assertNoSecondHasMoreThan(rate + 1, starts);
  }

  @Property
  void shouldStayBelowTheLimitWhileItsSharesMoveAmongInstances(
      @ForAll @DoubleRange(min = 1, max = 2_000) double limit,
      @ForAll @IntRange(min = 2, max = 5) int instances,
      @ForAll @Size(min = 1, max = 100) List<@IntRange(max = 1_000_000) Integer> moves) {
    List<Pacer> pacers = new ArrayList<>();
    for (int i = 0; i < instances; i++) {
      pacers.add(new Pacer());
    }
    var starts = new ArrayList<Long>();
    long now = NOW;

    for (int move : moves) {
      double[] weights = new double[instances];
      double sum = 0;
      for (int i = 0; i < instances; i++) {
        weights[i] = (move >> 3 * i) % 8;
        sum += weights[i];
      }
      for (int i = 0; i < instances; i++) {
        pacers.get(i).changeRate(sum == 0 ? 0 : limit * weights[i] / sum, now);
      }
      for (int tick = 0; tick < move % 60; tick++) {
        now += 2;
        for (Pacer pacer : pacers) {
          startAll(pacer, now, starts);
        }
      }
    }

    assertNoSecondHasMoreThan(limit + instances, starts);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 3, 10, 33.3, 250, 1_000, 5_000})
  void shouldReachItsRateWithATickOfSeveralMilliseconds(double rate) {
    var pacer = pacer(rate);
    var starts = new ArrayList<Long>();

    for (long now = NOW; now < NOW + 100_000; now += 7) {
      startAll(pacer, now, starts);
    }

    assertThat(starts.size() / 100.0).isBetween(0.97 * rate, rate + 0.01);
  }

  @Test
  void shouldStartNothingAtRateZero() {
    var pacer = pacer(0);

    assertThat(pacer.tryStart(NOW)).isFalse();
    assertThat(pacer.tryStart(NOW + 1_000_000)).isFalse();
  }

  @Test
  void shouldStartAgainWhatWasGivenBack() {
    var pacer = pacer(1);
    assertThat(pacer.tryStart(NOW)).isTrue();
    assertThat(pacer.tryStart(NOW)).isFalse();

    pacer.giveBack();

    assertThat(pacer.tryStart(NOW)).isTrue();
    assertThat(pacer.tryStart(NOW + 1_000)).isFalse();
    assertThat(pacer.tryStart(NOW + 1_021)).isTrue();
  }

  @Test
  void shouldNotSaveUpWhatWasNotUsed() {
    var pacer = pacer(100);

    var starts = new ArrayList<Long>();

    assertThat(startAll(pacer, NOW + 60_000, starts)).isEqualTo(2);
  }

  @Test
  void shouldNotCountTheSameTimeTwiceForThreadsWhoseClocksDiffer() {
    var pacer = pacer(100);
    var starts = new ArrayList<Long>();

    for (int i = 0; i < 1_000; i++) {
      startAll(pacer, NOW + 10 + i % 2, starts);
    }

    assertThat(starts).hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void shouldGoOnAfterTheClockWasSetBackByALot() {
    var pacer = pacer(100);
    startAll(pacer, NOW, new ArrayList<>());

    startAll(pacer, NOW - 3_600_000, new ArrayList<>());

    assertThat(pacer.tryStart(NOW - 3_600_000 + 20)).isTrue();
  }
}
