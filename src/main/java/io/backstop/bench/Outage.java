package io.backstop.bench;

import io.backstop.action.CircuitState;
import io.backstop.action.CircuitStatus;
import io.backstop.bench.FrontDoors.Visits;
import java.util.Optional;

/**
 * One outage from a steady run to a steady run.
 *
 * @param trip how the calls ended; empty when no instance saw the threshold crossed by itself,
 *     because the fleet's decision came first
 * @param recoveryMs from the service's return to CLOSED
 * @param probingMs of this, from HALF_OPEN on
 * @param probes health calls
 */
record Outage(Optional<Trip> trip, double recoveryMs, double probingMs, int probes) {
  private static final int THRESHOLD = 5;

  /** Calls that each instance makes before: all are at work then. */
  private static final int STEADY_CALLS = 6;

  /** Longer than any call should still come, shorter than the open time. */
  private static final long QUIET_MS = 700;

  static Outage measure(FrontDoors doors, CircuitWatch circuit) {
    doors.forget();
    Waiting.until("each instance calls", () -> doors.eachHas(STEADY_CALLS));
    doors.goDown();
    circuit.await(CircuitState.OPEN);
    Waiting.forMillis(QUIET_MS);
    Visits visits = doors.visits();
    long backAt = System.currentTimeMillis();
    doors.comeBack();
    CircuitStatus probing = circuit.await(CircuitState.HALF_OPEN);
    CircuitStatus closed = circuit.await(CircuitState.CLOSED);
    long closedAt = closed.getSince().toEpochMilli();
    return new Outage(
        Trip.of(visits.requests(), THRESHOLD, visits.doors()::get),
        closedAt - backAt,
        closedAt - probing.getSince().toEpochMilli(),
        doors.visits().healthCalls());
  }
}
