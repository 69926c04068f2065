package io.backstop.cli;

import io.backstop.action.CallStatistics;
import io.backstop.action.CircuitState;
import io.backstop.action.CircuitStatus;
import io.backstop.action.FleetState;
import io.backstop.action.RateShares;
import java.time.Instant;
import java.util.List;

/** What the fleet might have decided. */
final class SampleFleet {
  static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  private SampleFleet() {}

  static CircuitStatus.Builder status(CircuitState state) {
    return CircuitStatus.newBuilder()
        .setState(state)
        .setVersion(3)
        .setSince(NOW.minusSeconds(133))
        .setReason("5 failures in a row");
  }

  static FleetState circuit(CircuitStatus.Builder status) {
    return FleetState.newBuilder().setWrittenAt(NOW).setCircuit(status.build()).build();
  }

  static FleetState open() {
    return circuit(status(CircuitState.OPEN).setOpenUntil(NOW.plusSeconds(12)).setOpenings(2));
  }

  static FleetState closed(String... isolated) {
    return circuit(status(CircuitState.CLOSED).setReason("").setIsolated(List.of(isolated)));
  }

  static FleetState statistics(Instant writtenAt) {
    var statistics = new CallStatistics(60_000L, 120L, 3L, 1L, 8.25, 1240.4, 3);
    return FleetState.newBuilder().setWrittenAt(writtenAt).setStatistics(statistics).build();
  }

  static FleetState pausedUntil(Instant until) {
    var limit = RateShares.newBuilder().setVersion(1).setPausedUntil(until).build();
    return FleetState.newBuilder().setWrittenAt(NOW).setLimit(limit).build();
  }
}
