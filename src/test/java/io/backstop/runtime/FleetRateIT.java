package io.backstop.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.runtime.FrontDoors.Call;
import io.backstop.simulator.Failure;
import io.backstop.simulator.FaultPlan;
import io.backstop.testing.BrokerExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A limit of calls per second that holds for the fleet, whoever is in it. */
class FleetRateIT {
  @RegisterExtension static final BrokerExtension BROKER = new BrokerExtension();
  private static final int LIMIT = 30;
  private static final int BACKLOG = 4_000;

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  /** One call of each instance that was there beside its share; one of them was there twice. */
  private static final int FENCEPOSTS = FleetScenario.INSTANCES + 1;

  /** Calls that a busy machine held up may arrive together. */
  private static final int HELD_UP = 6;

  private static final int IN_FLIGHT = FleetScenario.INSTANCES * FleetScenario.MAX_CONCURRENT_CALLS;

  private static final int STEADY_SECONDS = 3;

  /** Within it all instances know of a pause that one was told of. */
  private static final long TOLD_MS = 1_000;

  @TempDir private Path temp;
  private FleetScenario fleet;

  @BeforeEach
  void startWithABacklog() {
    fleet = new FleetScenario(BROKER, temp, "backstop.services.slack.calls-per-second", "" + LIMIT);
    for (int i = 0; i < BACKLOG; i++) {
      fleet.publish();
    }
    fleet.startAll();
    fleet.awaitEveryoneCalls();
    awaitTheLimitUsed();
  }

  @AfterEach
  void close() {
    fleet.close();
  }

  @Test
  void shouldKeepToTheLimitWhileAnInstanceLeavesAndComesBack() {
    long warmAt = System.currentTimeMillis();
    fleet.stop(1);
    awaitTheLimitUsed();
    fleet.start(1);
    fleet.awaitEveryoneCalls();
    awaitTheLimitUsed();

    fleet.flow.awaitOutcomes(fleet.service.calls().size() - IN_FLIGHT);
    assertThat(mostWithinASecond(startsByTheInstances()))
        .as("calls that were started within a second, ever")
        .isLessThanOrEqualTo(LIMIT + FENCEPOSTS);
    assertThat(mostWithinASecond(arrivals(warmAt)))
        .as("calls that arrived within a second, after the first ones, which are slow")
        .isLessThanOrEqualTo(LIMIT + FENCEPOSTS + HELD_UP);
  }

  @Test
  void shouldPauseEveryInstanceWhenTheServiceAsksOneToWait() {
    fleet.service.faults(1, FaultPlan.HEALTHY.with(Failure.rateLimited(1, 2)));
    FleetScenario.await(
        "a 429", () -> fleet.service.calls(1).stream().anyMatch(FleetRateIT::isRefused));
    fleet.service.recover();
    Call refused =
        fleet.service.calls(1).stream().filter(FleetRateIT::isRefused).findFirst().orElseThrow();
    long pausedAt = refused.arrivedAtMs();
    FleetScenario.await(
        "calls after the pause", () -> !fleet.service.callsSince(pausedAt + 2_000).isEmpty());

    assertThat(fleet.service.callsBetween(pausedAt + TOLD_MS, pausedAt + 2_000))
        .as("calls of anyone until the service may be asked again")
        .isEmpty();
    fleet.awaitEveryoneCalls();
  }

  /** At least four fifths of it for some seconds: not too little, and soon. */
  private void awaitTheLimitUsed() {
    long from = System.currentTimeMillis();
    FleetScenario.await(
        "the limit made use of",
        PATIENCE,
        () -> {
          long now = System.currentTimeMillis();
          int calls = fleet.service.callsSince(now - STEADY_SECONDS * 1_000).size();
          return now - from >= STEADY_SECONDS * 1_000 && calls >= STEADY_SECONDS * LIMIT * 0.8;
        });
  }

  private static boolean isRefused(Call call) {
    return call.isAnswered(429);
  }

  private List<Long> startsByTheInstances() {
    return fleet.flow.results().stream()
        .map(result -> result.getAttempts().get(0).getStartedAt().toEpochMilli())
        .sorted()
        .toList();
  }

  private List<Long> arrivals(long sinceEpochMs) {
    return fleet.service.callsSince(sinceEpochMs).stream().map(Call::arrivedAtMs).toList();
  }

  /**
   * @param times epoch milliseconds, in order
   */
  private static int mostWithinASecond(List<Long> times) {
    int most = 0;
    int oldest = 0;
    for (int newest = 0; newest < times.size(); newest++) {
      while (times.get(newest) - times.get(oldest) >= 1_000) {
        oldest++;
      }
      most = Math.max(most, newest - oldest + 1);
    }
    return most;
  }
}
