package io.backstop.runtime;

import static io.backstop.action.CircuitState.CLOSED;
import static io.backstop.action.CircuitState.HALF_OPEN;
import static io.backstop.action.CircuitState.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.EventType;
import io.backstop.action.FailureClass;
import io.backstop.runtime.FrontDoors.Call;
import io.backstop.simulator.Latency;
import io.backstop.testing.BrokerExtension;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One circuit for the whole fleet: how it opens, closes, and outlives its instances. */
class FleetBreakerIT {
  @RegisterExtension static final BrokerExtension BROKER = new BrokerExtension();

  private static final int LAST = FleetScenario.INSTANCES - 1;
  private static final int PERIODS = 4;

  /** The default of {@code half-open-probes}. */
  private static final int HALF_OPEN_PROBES = 3;

  /** Within it each instance has read what a consumer of the test has read. */
  private static final long TAKEN_OVER_MS = 500;

  @TempDir private Path temp;
  private FleetScenario fleet;

  @AfterEach
  void close() {
    fleet.close();
  }

  @Test
  void shouldStopEveryInstanceAndCloseAfterRecovery() {
    fleet = new FleetScenario(BROKER, temp, "backstop.circuit.open-duration", "2s");
    fleet.startAll();
    fleet.load(90);
    fleet.awaitEveryoneCalls();

    long downAt = System.currentTimeMillis();
    fleet.service.goDown();
    FleetScenario.await("open", () -> fleet.watch.state() == OPEN);
    long openSeenAt = fleet.watch.first(OPEN, 0).seenAt();
    FleetScenario.await("half-open", () -> fleet.watch.state() == HALF_OPEN);
    long halfOpenAt = fleet.watch.first(HALF_OPEN, 0).status().getSince().toEpochMilli();
    fleet.service.recover();
    FleetScenario.await("closed", () -> fleet.watch.state() == CLOSED);
    fleet.awaitEveryoneCalls();
    fleet.endLoad();

    fleet.assertOneOutcomeEach();
    List<Call> outage = fleet.service.callsBetween(downAt, halfOpenAt);
    assertThat(outage)
        .as("no call once OPEN is known everywhere")
        .noneMatch(call -> call.arrivedAtMs() > openSeenAt + TAKEN_OVER_MS);
    for (int instance = 0; instance < FleetScenario.INSTANCES; instance++) {
      int who = instance;
      assertThat(outage.stream().filter(call -> call.instance() == who && failed(call)).count())
          .as("failed calls of instance %d: up to the threshold, and those in flight then", who)
          .isLessThan(FleetScenario.FAILURE_THRESHOLD + FleetScenario.MAX_CONCURRENT_CALLS);
    }
    assertThat(fleet.flow.letters())
        .extracting(letter -> letter.getFailureClass())
        .containsOnly(FailureClass.SERVER_ERROR, FailureClass.CIRCUIT_OPEN);
    assertThat(fleet.watch.events(EventType.CIRCUIT_CLOSED)).isNotEmpty();
  }

  @ParameterizedTest(name = "probes: {0}")
  @ValueSource(strings = {"health", "live"})
  void shouldMakeNoMoreProbesThanPermittedWhileAnInstanceDiesHoldingPermits(String probe) {
    fleet =
        FleetScenario.ofFixedMembers(
            BROKER,
            temp,
            "backstop.circuit.probe",
            probe,
            "backstop.circuit.open-duration",
            "300ms");
    fleet.startAllWithLastApart();
    fleet.load(60);
    fleet.awaitEveryoneCalls();
    fleet.service.goDown();
    fleet.service.faults(LAST, FrontDoors.DOWN.withLatency(new Latency.Fixed(250)));

    FleetScenario.await("some periods", () -> halfOpenings().size() >= 3);
    FleetScenario.await("a permit in use", () -> fleet.service.isServing(LAST));
    fleet.kill(LAST);
    fleet.startApart(LAST);
    FleetScenario.await("enough periods", () -> halfOpenings().size() > PERIODS);
    fleet.service.recover();
    FleetScenario.await("closed", () -> fleet.watch.state() == CLOSED);
    fleet.awaitEveryoneCalls();
    fleet.endLoad();

    fleet.assertOneOutcomeEach();
    List<Long> starts = halfOpenings();
    long closedAt = fleet.watch.last().getSince().toEpochMilli();
    for (int period = 0; period < starts.size(); period++) {
      long from = starts.get(period);
      long to = period + 1 < starts.size() ? starts.get(period + 1) : closedAt;
      assertThat(fleet.service.callsBetween(from, to))
          .as("calls from the start of period %d to that of the next", period)
          .hasSizeBetween(period == 0 ? 1 : 0, HALF_OPEN_PROBES)
          .allMatch(call -> call.isHealthCall() == probe.equals("health"));
    }
  }

  @Test
  void shouldStayOpenForTheTimeLeftWhenAllInstancesRestart() {
    fleet = new FleetScenario(BROKER, temp, "backstop.circuit.open-duration", "20s");
    fleet.startAll();
    fleet.load(60);
    fleet.awaitEveryoneCalls();
    fleet.service.goDown();
    FleetScenario.await("open", () -> fleet.watch.state() == OPEN);
    FleetWatch.Seen opened = fleet.watch.first(OPEN, 0);
    long openUntil = opened.status().getOpenUntil().toEpochMilli();

    fleet.stopAll();
    fleet.service.recover();
    fleet.startAll();
    long restartedAt = System.currentTimeMillis();
    FleetScenario.await("closed", () -> fleet.watch.state() == CLOSED);
    fleet.awaitEveryoneCalls();
    fleet.endLoad();

    fleet.assertOneOutcomeEach();
    assertThat(restartedAt).as("the restart, before the open time was over").isLessThan(openUntil);
    FleetWatch.Seen probing = fleet.watch.first(HALF_OPEN, opened.status().getVersion());
    assertThat(probing.status().getVersion()).isEqualTo(opened.status().getVersion() + 1);
    assertThat(probing.status().getSince().toEpochMilli())
        .isBetween(openUntil, openUntil + TAKEN_OVER_MS);
    assertThat(fleet.service.callsBetween(opened.seenAt() + TAKEN_OVER_MS, openUntil)).isEmpty();
    assertThat(fleet.flow.letters())
        .as("requests refused by restarted instances")
        .anyMatch(
            letter ->
                letter.getFailureClass() == FailureClass.CIRCUIT_OPEN
                    && letter.getCreatedAt().toEpochMilli() > restartedAt
                    && letter.getCreatedAt().toEpochMilli() < openUntil);
  }

  @Test
  void shouldIsolateOneBadInstanceAndLetTheOthersGoOn() {
    fleet = new FleetScenario(BROKER, temp);
    fleet.startAll();
    fleet.load(60);
    fleet.awaitEveryoneKnown();

    long badAt = System.currentTimeMillis();
    fleet.service.faults(0, FrontDoors.DOWN);
    FleetScenario.await(
        "isolated", () -> !fleet.watch.events(EventType.INSTANCE_ISOLATED).isEmpty());
    long isolatedAt = System.currentTimeMillis();
    FleetScenario.await(
        "the others' calls",
        () ->
            fleet.service.callsSince(isolatedAt).stream()
                    .filter(call -> call.instance() != 0)
                    .count()
                > 40);
    long mendedAt = System.currentTimeMillis();
    fleet.service.recover();
    FleetScenario.await(
        "rejoined", () -> !fleet.watch.events(EventType.INSTANCE_REJOINED).isEmpty());
    fleet.awaitEveryoneCalls();
    fleet.endLoad();

    fleet.assertOneOutcomeEach();
    assertThat(fleet.watch.events(EventType.CIRCUIT_OPENED)).isEmpty();
    String isolated = fleet.watch.events(EventType.INSTANCE_ISOLATED).get(0).getInstance();
    assertThat(fleet.watch.events(EventType.INSTANCE_REJOINED).get(0).getInstance())
        .isEqualTo(isolated);
    assertThat(fleet.watch.last().getIsolated()).isEmpty();
    assertThat(
            fleet.service.callsBetween(badAt, mendedAt).stream()
                .filter(call -> call.instance() == 0 && !call.isHealthCall() && failed(call)))
        .as("calls of the bad instance, not counting its probes")
        .hasSizeLessThan(FleetScenario.FAILURE_THRESHOLD + FleetScenario.MAX_CONCURRENT_CALLS);
    assertThat(fleet.service.calls().stream().filter(call -> call.instance() != 0))
        .noneMatch(FleetBreakerIT::failed);
  }

  /** When the fleet began to probe, oldest first. */
  private List<Long> halfOpenings() {
    return fleet.watch.events(EventType.CIRCUIT_HALF_OPEN).stream()
        .map(event -> event.getAt().toEpochMilli())
        .toList();
  }

  private static boolean failed(Call call) {
    return !call.isAnswered(200);
  }
}
