package io.backstop.circuit;

import io.backstop.action.CallCounts;
import io.backstop.action.CircuitEvidence;
import io.backstop.action.CircuitState;
import io.backstop.action.FleetSignal;
import java.util.List;

/**
 * The last that one instance said about a circuit.
 *
 * @param heardAt when it was heard, by the listener's clock
 * @param stoppedSince since when the instance is known to have stopped calling on its own evidence;
 *     {@link #CALLING} while it has not
 * @param lastCallAt start of the newest slice with calls that it ever reported; {@link #NEVER}
 */
record InstanceEvidence(FleetSignal signal, long heardAt, long stoppedSince, long lastCallAt) {
  static final long CALLING = Long.MAX_VALUE;
  static final long NEVER = Long.MIN_VALUE;

  /**
   * @param before what the same instance said before; null for nothing
   */
  static InstanceEvidence heard(FleetSignal signal, InstanceEvidence before, long now) {
    CircuitEvidence evidence = signal.getCircuit();
    boolean stopped = isStopped(evidence.getLocalState());
    long since = before != null && before.hasStopped() ? before.stoppedSince : now;
    long lastCall = before == null ? NEVER : before.lastCallAt;
    for (CallCounts slice : evidence.getSlices()) {
      lastCall = Math.max(lastCall, slice.getStartAt());
    }
    return new InstanceEvidence(signal, now, stopped ? since : CALLING, lastCall);
  }

  private static boolean isStopped(CircuitState local) {
    return local == CircuitState.OPEN || local == CircuitState.HALF_OPEN;
  }

  String instance() {
    return signal.getInstance();
  }

  boolean hasStopped() {
    return stoppedSince != CALLING;
  }

  /** Whether nothing was heard of it for so long; while calls fail it speaks every second. */
  boolean isSilent(long limitMs, long now) {
    return heardAt <= now - limitMs;
  }

  /** Whether it has seen the status of this version, so that what it says is about now. */
  boolean knows(long version) {
    return evidence().getFleetVersion() >= version;
  }

  /** Whether it calls the service, or would if it were let. */
  boolean isActive(long windowMs, long now) {
    return hasStopped()
        || evidence().getDemand()
        || (lastCallAt != NEVER && CallWindow.isWithin(lastCallAt, windowMs, now));
  }

  /** Calls within the window, all but failures in a row. */
  CallTally tally(long windowMs, long now) {
    CallTally sum = CallTally.NONE;
    for (CallCounts slice : slices(windowMs, now)) {
      sum = sum.plus(CallTally.of(slice));
    }
    return sum;
  }

  List<CallCounts> slices(long windowMs, long now) {
    return evidence().getSlices().stream()
        .filter(slice -> CallWindow.isWithin(slice.getStartAt(), windowMs, now))
        .toList();
  }

  /**
   * Failures within the window since the last success of any instance.
   *
   * @param successAt when any instance last had a success; {@link #NEVER}
   */
  long failuresSince(long successAt, long windowMs, long now) {
    // its own failures are all later than its own success, in the same millisecond too
    boolean ownSuccess = lastSuccessAt() >= successAt;
    return evidence().getRecentFailures().stream()
        .filter(at -> ownSuccess || at > successAt)
        .filter(at -> CallWindow.isWithin(at, windowMs, now))
        .count();
  }

  long lastSuccessAt() {
    return evidence().getLastSuccessAt() == null
        ? NEVER
        : evidence().getLastSuccessAt().toEpochMilli();
  }

  CircuitEvidence evidence() {
    return signal.getCircuit();
  }
}
