package io.backstop.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.runtime.FrontDoors.Call;
import io.backstop.simulator.Failure;
import io.backstop.simulator.FaultPlan;
import io.backstop.simulator.RecordedCall;
import io.backstop.testing.BrokerExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A limit of calls per second that holds for the fleet, whoever is in it. */
class FleetRateIT {
  @RegisterExtension static final BrokerExtension BROKER = new BrokerExtension();
  private static final int LIMIT = 30;
  private static final int BACKLOG = 2_000;

  /** One call of each instance at either end of a second, and what a busy machine held up. */
  private static final int FENCEPOSTS = 2 * FleetScenario.INSTANCES;

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
    fleet.stop(1);
    awaitTheLimitUsed();
    fleet.start(1);
    fleet.awaitEveryoneCalls();
    awaitTheLimitUsed();

    assertThat(mostWithinASecond(fleet.service.calls())).isLessThanOrEqualTo(LIMIT + FENCEPOSTS);
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
        () -> {
          long now = System.currentTimeMillis();
          int calls = fleet.service.callsSince(now - STEADY_SECONDS * 1_000).size();
          return now - from >= STEADY_SECONDS * 1_000 && calls >= STEADY_SECONDS * LIMIT * 0.8;
        });
  }

  private static boolean isRefused(Call call) {
    return call.isAnswered(429);
  }

  /**
   * @param calls in the order of their arrival
   */
  private static int mostWithinASecond(List<Call> calls) {
    List<Long> times =
        calls.stream().map(Call::recorded).map(RecordedCall::arrivedAtNanos).toList();
    int most = 0;
    int oldest = 0;
    for (int newest = 0; newest < times.size(); newest++) {
      while (times.get(newest) - times.get(oldest) >= TimeUnit.SECONDS.toNanos(1)) {
        oldest++;
      }
      most = Math.max(most, newest - oldest + 1);
    }
    return most;
  }
}
