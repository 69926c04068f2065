package io.backstop.circuit;

import io.backstop.action.Admission;
import io.backstop.action.CircuitEvidence;
import io.backstop.action.CircuitState;
import io.backstop.action.CircuitStatus;
import io.backstop.action.Outcome;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one instance knows and decides about one circuit. The fleet's word comes first; while the
 * fleet is closed this instance's own calls decide for itself.
 *
 * <p>Each change of the fleet's state starts everything here afresh. Calls that were started before
 * it say nothing any more: their start, not their end, is what counts. Not thread-safe: guarded by
 * the lock of {@link LocalCircuit}.
 */
final class LocalState {
  private final OwnCircuit own;
  private final FleetPermits permits;
  private final Refusals refusals;
  private final SignalTiming timing = new SignalTiming();
  private CircuitStatus fleet = Circuit.untouched(0);
  private CallWindow window = new CallWindow();
  private long afreshSince = Long.MIN_VALUE;
  private boolean news;
  private boolean demand;

  LocalState(String scope, String instance) {
    this.own = new OwnCircuit(instance);
    this.permits = new FleetPermits(instance);
    this.refusals = new Refusals(scope);
  }

  /**
   * Takes the fleet's decision; {@link #settle} acts on it.
   *
   * @return whether the circuit has changed its state
   */
  boolean decided(CircuitStatus status) {
    boolean changed = status.getVersion() != fleet.getVersion();
    news |= changed;
    fleet = status;
    permits.decided(status);
    return changed;
  }

  /** Takes over what has changed since the last look. Everything else is asked after it. */
  void settle(CircuitRules rules, long now) {
    if (news) {
      news = false;
      own.startAfresh(rules, now);
      permits.startAfresh();
      startAfresh(now);
    }
    own.timePassed(rules, now);
    demand = demand && !mayCall();
  }

  /** Whether calls are made without a permit. */
  boolean mayCall() {
    return fleet.getState() == CircuitState.DISABLED || (isFleetCalling() && own.isClosed());
  }

  /** Whether {@link #takePermit} would give one. */
  boolean hasPermit(CircuitRules rules, long now) {
    return isFleetCalling() ? own.hasPermit(rules, now) : permits.usable(fleet, now).isPresent();
  }

  /** A permit for a probe that is started now. */
  Optional<String> takePermit(CircuitRules rules, long now) {
    return isFleetCalling() ? own.takePermit(rules, now) : permits.take(fleet, now);
  }

  /** A call is refused: there is demand from now on. */
  Admission.Refused refuse() {
    if (!demand) {
      demand = true;
      timing.atOnce();
    }
    return isFleetCalling()
        ? refusals.of(own.status(), " in this instance")
        : refusals.of(fleet, "");
  }

  /** A permit was taken for a probe that is not made: the next call may have it. */
  void permitNotUsed(String permit, CircuitRules rules, long now) {
    if (OwnCircuit.granted(permit)) {
      own.permitNotUsed(permit, rules, now);
    } else {
      permits.putBack(permit);
    }
  }

  /** A permitted probe has ended; one of a period that is over, or told before, says nothing. */
  void probeEnded(String permit, ProbeVerdict verdict, CircuitRules rules, long now) {
    if (!OwnCircuit.granted(permit)) {
      if (permits.ended(permit, verdict)) {
        timing.atOnce();
      }
      return;
    }
    long version = own.status().getVersion();
    own.probeEnded(permit, verdict, rules, now);
    if (own.status().getVersion() != version) {
      timing.atOnce();
      demand = demand && !mayCall();
      if (own.isClosed()) {
        startAfresh(now);
      }
    }
  }

  /** A call has ended, with or without a permit. */
  void callEnded(Outcome outcome, long durationMs, CircuitRules rules, long now) {
    if (now - durationMs < afreshSince) {
      return;
    }
    CallVerdict verdict = window.record(outcome, durationMs, rules.settings(), now);
    timing.withHeartbeat(now);
    if (verdict == CallVerdict.FAILURE) {
      timing.soon(now);
    }
    if (isFleetCalling() && own.isClosed()) {
      window
          .crossed(rules.settings(), now)
          .ifPresent(
              reason -> {
                own.tripped(reason, rules, now);
                timing.atOnce();
              });
    }
  }

  /** What the coordinator is to be told now; empty most of the time. */
  Optional<CircuitEvidence> due(CircuitRules rules, long now) {
    if (permits.giveBackLapsed(fleet, now)) {
      timing.atOnce();
    }
    if (!timing.isDue(now)) {
      return Optional.empty();
    }
    timing.sent(now);
    return Optional.of(evidence(rules, now));
  }

  /** What the coordinator is told at the end; empty when it has never been told anything. */
  Optional<CircuitEvidence> lastWords(CircuitRules rules, long now) {
    return timing.hasSent() ? Optional.of(evidence(rules, now)) : Optional.empty();
  }

  /** When there is something to do without being asked. */
  long nextAt(CircuitRules rules, long now) {
    boolean stopped = !mayCall() && (demand || !own.isClosed() || !permits.reports().isEmpty());
    if (stopped || window.hasFailures()) {
      timing.withHeartbeat(now);
    }
    boolean canProbe = rules.probesByHealth() && permits.usable(fleet, now).isPresent();
    long permit = canProbe ? now : permits.nextLapse(fleet);
    return Math.min(timing.dueAt(), Math.min(own.nextAt(rules, now), permit));
  }

  /** A state that a newer version has written is taken for CLOSED: this one knows no better. */
  private boolean isFleetCalling() {
    return fleet.getState() == CircuitState.CLOSED || fleet.getState() == CircuitState.UNKNOWN;
  }

  private void startAfresh(long now) {
    window = new CallWindow();
    afreshSince = now;
  }

  private CircuitEvidence evidence(CircuitRules rules, long now) {
    var slices = window.slices(rules.settings(), now);
    OptionalLong success = window.lastSuccessAt();
    return new CircuitEvidence(
        fleet.getVersion(),
        slices,
        success.isPresent() ? Instant.ofEpochMilli(success.getAsLong()) : null,
        window.recentFailures(),
        own.status().getState(),
        demand,
        permits.reports());
  }
}
