package io.backstop.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {
  private static final long NOW = 1_772_000_000_000L;

  private record Attempts(int after, int firsts, int retries) {}

  @Provide
  Arbitrary<Attempts> attempts() {
    return Combinators.combine(
            Arbitraries.frequencyOf(
                Tuple.of(9, Arbitraries.integers().between(0, 200)),
                Tuple.of(1, Arbitraries.integers().between(-500, 30_000))),
            Arbitraries.integers().between(0, 30),
            Arbitraries.integers().between(0, 30))
        .as(Attempts::new);
  }

  @Property
  void shouldNeverExceedTheShareOfAnyWindow(
      @ForAll @IntRange(min = 1, max = 20_011) int windowMs,
      @ForAll @DoubleRange(max = 2) double share,
      @ForAll @IntRange(max = 12) int floor,
      @ForAll @Size(min = 1, max = 200) List<@From("attempts") Attempts> story) {
    var budget = new RetryBudget(windowMs);
    List<Long> firsts = new ArrayList<>();
    List<Long> retries = new ArrayList<>();

    long now = NOW;
    for (Attempts step : story) {
      now += Math.max(0, step.after());
      for (int i = 0; i < step.firsts(); i++) {
        budget.firstAttempt(now);
        firsts.add(now);
      }
      for (int i = 0; i < step.retries(); i++) {
        if (budget.tryRetry(share, floor, now)) {
          retries.add(now);
          assertThat((double) since(now - windowMs, retries))
              .isLessThanOrEqualTo(Math.max(floor, share * since(now - windowMs, firsts)));
        }
      }
    }
  }

  private static long since(long time, List<Long> attempts) {
    return attempts.stream().filter(at -> at > time).count();
  }

  @Test
  void shouldAllowTheWholeShareAndTheFloor() {
    var budget = new RetryBudget(10_000);
    for (int i = 0; i < 1_000; i++) {
      budget.firstAttempt(NOW + i);
    }

    assertThat(taken(budget, 0.2, 10, NOW + 1_000)).isEqualTo(200);
    assertThat(budget.firstAttempts()).isEqualTo(1_000);
    assertThat(taken(budget, 0.2, 10, NOW + 20_000)).isEqualTo(10);
    assertThat(taken(budget, 0.2, 10, NOW + 20_000)).isZero();
    assertThat(budget.firstAttempts()).isZero();
  }

  @Test
  void shouldAllowNothingWithoutShareAndFloor() {
    var budget = new RetryBudget(10_000);
    budget.firstAttempt(NOW);

    assertThat(taken(budget, 0, 0, NOW)).isZero();
  }

  @Test
  void shouldCountOnWhenTheClockIsSetBack() {
    var budget = new RetryBudget(10_000);
    assertThat(taken(budget, 0.2, 10, NOW)).isEqualTo(10);

    assertThat(taken(budget, 0.2, 10, NOW - 60_000)).isZero();
    assertThat(taken(budget, 0.2, 10, NOW + 11_000)).isEqualTo(10);
  }

  private static int taken(RetryBudget budget, double share, int floor, long now) {
    int taken = 0;
    while (budget.tryRetry(share, floor, now)) {
      taken++;
    }
    return taken;
  }
}
