package io.backstop.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FaultPlanTest {
  private static final int REQUESTS = 50_000;

  @Test
  void shouldKeepEveryRateWhenFailuresExcludeEachOther() {
    Failure error = Failure.error(0.1, 500);
    Failure limited = Failure.rateLimited(0.05, 1);
    FaultPlan plan = FaultPlan.HEALTHY.with(error).with(limited);

    assertThat(share(plan, error)).isCloseTo(0.1, within(0.01));
    assertThat(share(plan, limited)).isCloseTo(0.05, within(0.01));
  }

  @Test
  void shouldDecidePermanentFailureByKeyAlone() {
    FaultPlan plan = FaultPlan.HEALTHY.with(Failure.permanentError(0.5, 400));

    for (long key = 0; key < 100; key++) {
      Optional<Failure> first = plan.failureFor(draws(1), key);

      assertThat(plan.failureFor(draws(2), key)).isEqualTo(first);
    }
  }

  @Test
  void shouldDecideOtherwiseWithAnotherSeed() {
    FaultPlan plan = FaultPlan.HEALTHY.with(Failure.error(0.5, 500));

    long differences =
        LongStream.range(0, 1000)
            .filter(
                number ->
                    plan.failureFor(new Draws(1, EmulatedService.NOTION, number), 0).isPresent()
                        != plan.failureFor(new Draws(2, EmulatedService.NOTION, number), 0)
                            .isPresent())
            .count();

    assertThat(differences).isBetween(400L, 600L);
  }

  @Test
  void shouldRefuseRatesThatAddUpToMoreThanOne() {
    FaultPlan plan = FaultPlan.HEALTHY.with(Failure.hang(0.7));

    assertThatThrownBy(() -> plan.with(Failure.reset(0.4))).hasMessageContaining("more than 1");
  }

  private static double share(FaultPlan plan, Failure failure) {
    long hits =
        LongStream.range(0, REQUESTS)
            .filter(number -> plan.failureFor(draws(number), number).equals(Optional.of(failure)))
            .count();
    return (double) hits / REQUESTS;
  }

  private static Draws draws(long number) {
    return new Draws(7, EmulatedService.NOTION, number);
  }
}
