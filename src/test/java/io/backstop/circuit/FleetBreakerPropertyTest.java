package io.backstop.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The guarantee FleetBreaker, on a network and with instances that do their worst. */
class FleetBreakerPropertyTest {
  private static final int OUTAGE_MS = 20_000;

  @Property(tries = 60)
  void shouldProbeAtMostAsOftenAsPermittedInEachPeriodAndRecover(
      @ForAll @IntRange(min = 1, max = 5) int size,
      @ForAll boolean health,
      @ForAll @IntRange(min = 1, max = 3) int successes,
      @ForAll @IntRange(min = 0, max = 3) int spareProbes,
      @ForAll long seed) {
    int probes = successes + spareProbes;
    var fleet = new SimulatedFleet(size, health, 3, successes, probes, new Random(seed));

    fleet.run(2_000, true);
    fleet.run(OUTAGE_MS, false);
    boolean recovered = fleet.recovers(30_000);

    assertThat(fleet.openings).as("openings").isPositive();
    assertThat(fleet.probesByPeriod.values())
        .allSatisfy(started -> assertThat(started).isLessThanOrEqualTo(probes));
    assertThat(recovered).as("recovered").isTrue();
  }

  @Property(tries = 20)
  void shouldRecoverWhereRequestsAreSeldomerThanPermitsLast(
      @ForAll @IntRange(min = 1, max = 3) int size, @ForAll long seed) {
    var fleet = new SimulatedFleet(size, false, 200, 2, 3, new Random(seed));

    fleet.run(60_000, false);
    boolean recovered = fleet.recovers(120_000);

    assertThat(fleet.probesByPeriod.values())
        .allSatisfy(started -> assertThat(started).isLessThanOrEqualTo(3));
    assertThat(recovered).as("recovered").isTrue();
  }
}
