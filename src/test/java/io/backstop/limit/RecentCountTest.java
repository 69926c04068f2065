package io.backstop.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RecentCountTest {
  private static final long NOW = 1_772_000_000_000L;

  private final RecentCount count = new RecentCount();

  @Property
  void shouldMeasureASteadyRate(
      @ForAll @IntRange(min = 5, max = 5_000) int callsPerSecond,
      @ForAll @IntRange(max = 10_000) int offset) {
    var steady = new RecentCount();
    int calls = 3 * callsPerSecond;
    for (int i = 1; i <= calls; i++) {
      steady.add(NOW + offset + i * 3_000L / calls);
    }

    double measured = steady.perSecond(NOW + offset + 3_000);

    assertThat(measured).isCloseTo(callsPerSecond, within(0.05 * callsPerSecond + 1.5));
  }

  @Test
  void shouldBeZeroForNothing() {
    assertThat(count.perSecond(NOW)).isZero();
  }

  @Test
  void shouldForgetWhatIsMoreThanASecondAgo() {
    count.add(NOW);

    assertThat(count.perSecond(NOW + 1_000)).isZero();
    assertThat(count.perSecond(NOW + 1_000_000)).isZero();
  }

  @Test
  void shouldMeasureABurstOutOfSilenceSinceItBegan() {
    for (int i = 0; i < 50; i++) {
      count.add(NOW + 4 * i);
    }

    assertThat(count.perSecond(NOW + 200)).isEqualTo(250);
  }

  @Test
  void shouldCountForThreadsWhoseClocksDiffer() {
    count.add(NOW);
    count.add(NOW - 1);

    assertThat(count.perSecond(NOW - 1)).isEqualTo(20);
  }

  @Test
  void shouldStartAnewAfterTheClockWasSetBackByALot() {
    count.add(NOW);

    count.add(NOW - 3_600_000);

    assertThat(count.perSecond(NOW - 3_600_000)).isEqualTo(10);
  }
}
