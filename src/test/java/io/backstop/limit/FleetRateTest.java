package io.backstop.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.config.Policies;
import io.backstop.testing.TestConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** A fleet under one limit: never too many calls, and nearly as many as allowed. */
class FleetRateTest {

  private static Policies limit(double callsPerSecond) {
    return new Policies(
        TestConfig.with(
            "backstop.services.notion.calls-per-second", Double.toString(callsPerSecond)));
  }

  /** In any second: the limit, and one for each instance that called in it. */
  private static void assertNoSecondHasTooMany(double limit, List<SimulatedFleet.Start> starts) {
    Map<Integer, Integer> inWindow = new HashMap<>();
    int oldest = 0;
    for (int newest = 0; newest < starts.size(); newest++) {
      inWindow.merge(starts.get(newest).instance(), 1, Integer::sum);
      while (starts.get(newest).at() - starts.get(oldest).at() >= 1_000) {
        inWindow.computeIfPresent(
            starts.get(oldest).instance(), (instance, count) -> count == 1 ? null : count - 1);
        oldest++;
      }
      assertThat((double) newest - oldest + 1)
          .as("calls in the second up to %d", starts.get(newest).at())
          .isLessThanOrEqualTo(limit + inWindow.size());
    }
  }

  @Property(tries = 40)
  void shouldNeverStartMoreThanTheLimitInAnySecondWhateverHappens(
      @ForAll @DoubleRange(min = 0.5, max = 300) double limit,
      @ForAll @IntRange(min = 1, max = 4) int instances,
      @ForAll @DoubleRange(max = 0.5) double lost,
      @ForAll long seed) {
    var fleet = new SimulatedFleet(limit(limit), lost, seed);
    for (int i = 0; i < instances; i++) {
      fleet.join();
    }

    for (int event = 0; event < 30; event++) {
      fleet.run(Duration.ofMillis(Math.floorMod(seed * (event + 1) * 31, 6_000)));
      fleet.anyEvent();
    }

    assertNoSecondHasTooMany(limit, fleet.starts());
  }

  @Property(tries = 15)
  void shouldReachNineTenthsOfTheLimitWhileAllIsQuiet(
      @ForAll @DoubleRange(min = 2, max = 300) double limit,
      @ForAll @IntRange(min = 1, max = 6) int instances,
      @ForAll long seed) {
    var fleet = new SimulatedFleet(limit(limit), 0.05, seed);
    for (int i = 0; i < instances; i++) {
      fleet.join();
    }

    fleet.run(Duration.ofSeconds(40));

    assertThat(fleet.callsPerSecondOfTheLast(Duration.ofSeconds(30)))
        .isBetween(0.9 * limit, limit + instances / 30.0);
  }

  @Test
  void shouldUseTheWholeLimitAgainAfterAnInstanceWasKilled() {
    var fleet = new SimulatedFleet(limit(60), 0, 7);
    fleet.join();
    fleet.join();
    fleet.join();
    fleet.run(Duration.ofSeconds(10));

    fleet.kill();
    fleet.run(Duration.ofSeconds(20));
    assertThat(fleet.callsPerSecondOfTheLast(Duration.ofSeconds(5))).isBetween(36.0, 41.0);
    fleet.run(Duration.ofSeconds(55));

    assertThat(fleet.callsPerSecondOfTheLast(Duration.ofSeconds(5))).isBetween(54.0, 61.0);
    assertNoSecondHasTooMany(60, fleet.starts());
  }
}
