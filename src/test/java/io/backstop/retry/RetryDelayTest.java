package io.backstop.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.backstop.config.Backoff;
import io.backstop.config.Jitter;
import io.backstop.config.Policies;
import io.backstop.config.RetrySettings;
import io.backstop.testing.TestConfig;
import java.time.Duration;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryDelayTest {
  private static final RetrySettings DEFAULTS =
      new Policies(TestConfig.with()).of("notion").retry();

  private static RetrySettings settings(
      Backoff strategy, long initialMs, double factor, long maxMs, Jitter jitter) {
    return new RetrySettings(
        strategy,
        Duration.ofMillis(initialMs),
        factor,
        Duration.ofMillis(maxMs),
        jitter,
        DEFAULTS.maxAttempts(),
        DEFAULTS.maxTotalTime(),
        DEFAULTS.failureClasses(),
        DEFAULTS.budgetShare(),
        DEFAULTS.budgetWindow(),
        DEFAULTS.budgetFloor());
  }

  @ParameterizedTest
  @CsvSource({
    "EXPONENTIAL, 100 300 900 2700 5000 5000",
    "LINEAR, 100 200 300 400 500 600",
    "FIXED, 100 100 100 100 100 100",
    "FIBONACCI, 100 100 200 300 500 800",
    "IMMEDIATE, 0 0 0 0 0 0"
  })
  void shouldGrowAsItsStrategySays(Backoff strategy, String expected) {
    var settings = settings(strategy, 100, 3, 5_000, Jitter.NONE);

    var waits =
        LongStream.rangeClosed(1, 6).map(n -> RetryDelay.of(settings, (int) n, 0.7)).boxed();

    assertThat(waits.map(String::valueOf).toList()).containsExactly(expected.split(" "));
  }

  @Property
  void shouldNeverExceedTheMaximumNorShrinkFromAttemptToAttempt(
      @ForAll Backoff strategy,
      @ForAll @IntRange(max = 86_400_000) int initialMs,
      @ForAll @DoubleRange(min = 1, max = 100) double factor,
      @ForAll @IntRange(max = 86_400_000) int maxMs,
      @ForAll @IntRange(min = 1, max = Integer.MAX_VALUE - 1) int attempts) {
    var settings = settings(strategy, initialMs, factor, maxMs, Jitter.NONE);

    long wait = RetryDelay.base(settings, attempts);

    assertThat(wait).isBetween(0L, (long) maxMs);
    assertThat(RetryDelay.base(settings, attempts + 1)).isGreaterThanOrEqualTo(wait);
  }

  @Property
  void shouldKeepJitterWithinItsBounds(
      @ForAll Backoff strategy,
      @ForAll Jitter jitter,
      @ForAll @IntRange(max = 1_000_000) int initialMs,
      @ForAll @IntRange(min = 1, max = 50) int attempts,
      @ForAll @DoubleRange(max = 1, maxIncluded = false) double chance) {
    var settings = settings(strategy, initialMs, 2, 3_600_000, jitter);
    long base = RetryDelay.base(settings, attempts);

    long wait = RetryDelay.of(settings, attempts, chance);

    long least =
        switch (jitter) {
          case FULL -> 0;
          case EQUAL -> base / 2;
          case NONE -> base;
        };
    assertThat(wait).isBetween(least, base);
  }

  @Property(tries = 20)
  void shouldSpreadFullJitterEvenlyOverTheWholeWait(@ForAll long seed) {
    assertEvenSpread(Jitter.FULL, 0, seed);
  }

  @Property(tries = 20)
  void shouldSpreadEqualJitterEvenlyOverTheSecondHalfOfTheWait(@ForAll long seed) {
    assertEvenSpread(Jitter.EQUAL, 500, seed);
  }

  /** 20,000 draws: the tolerances are more than six standard deviations. */
  private static void assertEvenSpread(Jitter jitter, int from, long seed) {
    var settings = settings(Backoff.FIXED, 1_000, 2, 1_000, jitter);
    var random = new Random(seed);
    int width = 1_000 - from;
    int draws = 20_000;

    var waits =
        LongStream.generate(() -> RetryDelay.of(settings, 1, random.nextDouble()))
            .limit(draws)
            .toArray();

    double mean = LongStream.of(waits).average().orElseThrow();
    assertThat(mean).isCloseTo(from + width / 2.0, within(0.02 * width));
    for (int tenth = 0; tenth < 10; tenth++) {
      double low = from + width * tenth / 10.0;
      long inTenth = LongStream.of(waits).filter(w -> w >= low && w < low + width / 10.0).count();
      assertThat(inTenth).isCloseTo(draws / 10L, within((long) (0.15 * draws / 10)));
    }
  }
}
