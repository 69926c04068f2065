package io.backstop.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AdaptivePaceTest {
  private static final long NOW = 1_772_000_000_000L;

  private final AdaptivePace pace = new AdaptivePace();

  /** Calls that succeed at an even rate, all through the second before. */
  private void succeed(int callsPerSecond, long until) {
    for (int i = callsPerSecond; i > 0; i--) {
      pace.succeeded(until - i * 1_000L / callsPerSecond);
    }
  }

  private int startAll(long from, long until) {
    int started = 0;
    for (long now = from; now < until; now += 2) {
      while (started < 100_000 && pace.tryStart(now)) {
        started++;
      }
    }
    return started;
  }

  @Test
  void shouldLimitNothingWhileNothingIsRefused() {
    for (int i = 0; i < 10_000; i++) {
      assertThat(pace.tryStart(NOW)).isTrue();
      pace.succeeded(NOW);
    }

    assertThat(pace.isActive()).isFalse();
  }

  @Test
  void shouldGoOnAtAPartOfTheRateAtWhichCallsSucceeded() {
    succeed(100, NOW);

    pace.refused(NOW - 50, NOW);

    assertThat(pace.isActive()).isTrue();
    assertThat(startAll(NOW + 30_000, NOW + 30_500)).isBetween(33, 42);
  }

  @Test
  void shouldStartOneCallASecondWhereNothingSucceeded() {
    pace.refused(NOW - 50, NOW);

    assertThat(startAll(NOW + 1_000, NOW + 1_900)).isEqualTo(1);
  }

  @Test
  void shouldCountManyCallsThatWereRefusedTogetherOnce() {
    succeed(100, NOW);

    for (int i = 0; i < 200; i++) {
      pace.refused(NOW - 50, NOW + i);
    }

    assertThat(startAll(NOW + 1_000, NOW + 1_500)).isBetween(33, 42);
  }

  @Test
  void shouldNotCountACallFromBeforeThePauseThatIsRefusedAfterIt() {
    succeed(100, NOW);
    pace.refused(NOW - 50, NOW);
    startAll(NOW + 1_000, NOW + 1_500);

    pace.refused(NOW - 40, NOW + 1_500);

    assertThat(startAll(NOW + 1_500, NOW + 2_000)).isBetween(36, 45);
  }

  @Test
  void shouldSlowDownOnceMoreWhenAPacedCallIsRefused() {
    succeed(100, NOW);
    pace.refused(NOW - 50, NOW);
    startAll(NOW + 1_000, NOW + 1_500);
    succeed(50, NOW + 1_500);

    pace.refused(NOW + 1_400, NOW + 1_500);

    assertThat(startAll(NOW + 2_500, NOW + 3_000)).isBetween(15, 22);
  }

  @Test
  void shouldCountWhatSucceededOfTheSameBurstButWasAnsweredAfterTheRefusal() {
    pace.refused(NOW - 50, NOW);

    for (int i = 0; i < 20; i++) {
      pace.succeeded(NOW + 10 * i);
    }

    assertThat(startAll(NOW + 1_000, NOW + 1_500)).isBetween(33, 45);
  }

  @Test
  void shouldNotTakeABurstThatWasSavedUpForMoreThanItDidBefore() {
    succeed(100, NOW);
    pace.refused(NOW - 50, NOW);
    startAll(NOW + 1_000, NOW + 1_100);
    succeed(1_000, NOW + 1_100);

    pace.refused(NOW + 1_050, NOW + 1_100);

    assertThat(startAll(NOW + 2_100, NOW + 2_600)).isBetween(22, 31);
  }

  @Test
  void shouldGrowBackToWhatWasDoneAndThenPastIt() {
    succeed(100, NOW);
    pace.refused(NOW - 50, NOW);

    // (100 x 0.3 / 0.2)^(1/3) = 5.3 s until it is at 100 a second again
    startAll(NOW + 1_000, NOW + 5_800);
    int atFormerRate = startAll(NOW + 5_800, NOW + 6_800);
    startAll(NOW + 6_800, NOW + 14_000);
    int later = startAll(NOW + 14_000, NOW + 15_000);

    assertThat(atFormerRate).isBetween(95, 101);
    assertThat(later).isGreaterThan(180);
  }

  @Test
  void shouldBeWithoutEffectAMinuteAfterTheLastRefusal() {
    pace.refused(NOW - 50, NOW);
    assertThat(pace.tryStart(NOW + 900_000)).isTrue();

    assertThat(pace.tryStart(NOW + 959_999)).isTrue();
    assertThat(pace.isActive()).isTrue();

    assertThat(pace.tryStart(NOW + 960_000)).isTrue();
    assertThat(pace.isActive()).isFalse();
  }

  @Test
  void shouldStartAgainWhatWasGivenBack() {
    pace.refused(NOW - 50, NOW);
    assertThat(pace.tryStart(NOW + 1_000)).isTrue();
    assertThat(pace.tryStart(NOW + 1_000)).isFalse();

    pace.giveBack();

    assertThat(pace.tryStart(NOW + 1_000)).isTrue();
  }
}
