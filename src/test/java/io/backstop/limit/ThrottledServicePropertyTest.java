package io.backstop.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ThrottledServicePropertyTest {
  private static final Optional<Duration> ONE_SECOND = Optional.of(Duration.ofSeconds(1));

  @Property(tries = 100)
  void shouldServeABacklogNearlyAsFastAsTheServiceAllowsAndLoseNextToNothing(
      @ForAll @IntRange(min = 5, max = 500) int allowed,
      @ForAll @DoubleRange(min = 0.1, max = 2) double burstSeconds,
      @ForAll @IntRange(min = 5, max = 200) int latencyMs,
      @ForAll boolean saysHowLong) {
    int requests = Math.max(2_000, 10 * allowed);
    var service =
        new SimulatedThrottling(
            allowed,
            Math.max(1, allowed * burstSeconds),
            latencyMs,
            saysHowLong ? ONE_SECOND : Optional.empty(),
            requests);

    service.submit(requests);
    service.run();

    assertThat(service.failed()).isLessThan(requests * 2 / 100);
    assertThat(service.throughput()).isGreaterThan(0.6 * allowed);
  }

  @Test
  void shouldUseEverySlotAgainSoonAfterTheServiceAllowsEverything() {
    var service = new SimulatedThrottling(50, 50, 50, ONE_SECOND, 400_000);
    service.submit(400_000);
    service.runUntil(SimulatedThrottling.START + 30_000);
    assertThat(service.inFlight()).isLessThan(10);

    service.allow(1_000_000);
    service.runUntil(SimulatedThrottling.START + 70_000);

    assertThat(service.inFlight()).isEqualTo(SimulatedThrottling.SLOTS);
    assertThat(service.isLimited()).isTrue();

    service.runUntil(SimulatedThrottling.START + 100_000);

    assertThat(service.isLimited()).isFalse();
  }
}
