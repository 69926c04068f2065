package io.backstop.circuit;

import io.backstop.action.Admission;
import io.backstop.action.CircuitEvidence;
import io.backstop.action.CircuitGate;
import io.backstop.action.CircuitState;
import io.backstop.action.CircuitStatus;
import io.backstop.action.FailureClass;
import io.backstop.action.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The circuit of one scope in this process, shared by all stream threads. The fleet's word comes
 * first; while the fleet is closed this instance's own calls decide for itself, at once and without
 * a round trip. Thread-safe: a call that may be made costs one volatile read, its end one short
 * section under the lock.
 *
 * <p>Each change of the fleet's state starts everything here afresh. Calls that were started before
 * it say nothing any more; their start, not their end, is what counts.
 */
final class LocalCircuit implements CircuitGate {
  private static final Outcome NEVER_MADE =
      new Outcome.Rejected(FailureClass.INTERNAL, "the call was not made");

  private final Object lock = new Object();
  private final CurrentRules currentRules;
  private final CircuitMeter meter;
  private final OwnCircuit own;
  private final FleetPermits permits;
  private final Refusals refusals;
  private final SignalTiming timing = new SignalTiming();
  private final List<HealthAnswer> answers = new ArrayList<>();
  private CallWindow window = new CallWindow();
  private long afreshSince = Long.MIN_VALUE;
  private boolean news;
  private boolean demand;

  private volatile CircuitStatus fleet = Circuit.untouched(0);
  private volatile boolean calling = true;
  private volatile long wakeAt = Long.MAX_VALUE;

  /** How a health call made with a permit ended. */
  private record HealthAnswer(String permit, Outcome outcome) {}

  LocalCircuit(String scope, String instance, CurrentRules currentRules, CircuitMeter meter) {
    this.currentRules = currentRules;
    this.meter = meter;
    this.own = new OwnCircuit(instance);
    this.permits = new FleetPermits(instance);
    this.refusals = new Refusals(scope);
  }

  /** State for the whole fleet, as far as this instance knows. */
  CircuitState fleetState() {
    return fleet.getState();
  }

  /** Takes the fleet's decision. */
  void decided(CircuitStatus status) {
    synchronized (lock) {
      if (status.getVersion() != fleet.getVersion()) {
        meter.transition(status.getState());
        news = true;
        calling = false;
      }
      fleet = status;
      wakeAt = Long.MIN_VALUE;
    }
  }

  @Override
  public Admission admit(long now) {
    return calling ? Admission.CALL : admitUnlessStopped(now);
  }

  private Admission admitUnlessStopped(long now) {
    synchronized (lock) {
      CircuitRules rules = settled(now);
      if (calling) {
        return Admission.CALL;
      }
      Optional<String> permit = rules.probesByHealth() ? Optional.empty() : takePermit(rules, now);
      if (permit.isPresent()) {
        meter.probe("live");
        wakeAt = Long.MIN_VALUE;
        return new Admission.Granted(permit);
      }
      if (!demand) {
        demand = true;
        timing.atOnce();
        wakeAt = Long.MIN_VALUE;
      }
      meter.refused();
      return refusal();
    }
  }

  @Override
  public boolean refuses(long now) {
    if (calling) {
      return false;
    }
    synchronized (lock) {
      CircuitRules rules = settled(now);
      if (calling) {
        return false;
      }
      boolean hasPermit =
          isFleetCalling() ? own.hasPermit(rules, now) : permits.usable(fleet, now).isPresent();
      return rules.probesByHealth() || !hasPermit;
    }
  }

  @Override
  public void ended(Admission.Granted admission, Outcome outcome, long durationMs, long now) {
    synchronized (lock) {
      CircuitRules rules = settled(now);
      if (admission.permit().isPresent()) {
        var verdict = ProbeVerdict.ofCall(outcome, durationMs, rules.settings());
        probeEnded(admission.permit().get(), verdict, rules, now);
      }
      if (now - durationMs >= afreshSince) {
        callEnded(outcome, durationMs, rules, now);
      }
      sleepUntilNeeded(rules, now);
    }
  }

  @Override
  public void abandoned(Admission.Granted admission) {
    admission.permit().ifPresent(permit -> healthCallEnded(permit, NEVER_MADE));
  }

  /** Takes over how a health call ended, on any thread; the next {@link #due} looks at it. */
  void healthCallEnded(String permit, Outcome outcome) {
    synchronized (lock) {
      answers.add(new HealthAnswer(permit, outcome));
      wakeAt = Long.MIN_VALUE;
    }
  }

  /** Whether there is nothing to do yet; costs nothing. */
  boolean sleeps(long now) {
    return now < wakeAt;
  }

  /** Permits for health calls that are to be started now; each is given out once. */
  List<String> takeHealthPermits(long now) {
    synchronized (lock) {
      CircuitRules rules = settled(now);
      List<String> taken = new ArrayList<>();
      while (rules.probesByHealth() && !calling) {
        Optional<String> permit = takePermit(rules, now);
        if (permit.isEmpty()) {
          break;
        }
        meter.probe("health");
        taken.add(permit.get());
      }
      return taken;
    }
  }

  /** What the coordinator is to be told now; empty most of the time. */
  Optional<CircuitEvidence> due(long now) {
    synchronized (lock) {
      CircuitRules rules = settled(now);
      for (HealthAnswer answer : answers) {
        var verdict = ProbeVerdict.ofHealthCall(answer.outcome(), rules.settings());
        probeEnded(answer.permit(), verdict, rules, now);
      }
      answers.clear();
      if (permits.giveBackLapsed(fleet, now)) {
        demand = false;
        timing.atOnce();
      }
      Optional<CircuitEvidence> told =
          timing.isDue(now) ? Optional.of(evidence(rules, now)) : Optional.empty();
      told.ifPresent(evidence -> timing.sent(now));
      sleepUntilNeeded(rules, now);
      return told;
    }
  }

  /** What the coordinator is told at the end; empty when it has never been told anything. */
  Optional<CircuitEvidence> lastWords(long now) {
    synchronized (lock) {
      CircuitRules rules = settled(now);
      return timing.hasSent() ? Optional.of(evidence(rules, now)) : Optional.empty();
    }
  }

  /** Takes over what has changed since the last look; everything under the lock begins with it. */
  private CircuitRules settled(long now) {
    CircuitRules rules = currentRules.get();
    if (news) {
      news = false;
      own.startAfresh(rules, now);
      permits.startAfresh();
      startAfresh(now);
    }
    own.timePassed(rules, now);
    look();
    return rules;
  }

  /** Decides whether calls may be made without asking; a volatile field is written when it must. */
  private void look() {
    boolean mayCall =
        fleet.getState() == CircuitState.DISABLED || (isFleetCalling() && own.isClosed());
    if (calling != mayCall) {
      calling = mayCall;
    }
    demand = demand && !mayCall;
  }

  private void sleepUntilNeeded(CircuitRules rules, long now) {
    long next = nextWake(rules, now);
    if (wakeAt != next) {
      wakeAt = next;
    }
  }

  private void startAfresh(long now) {
    window = new CallWindow();
    afreshSince = now;
  }

  /** A state that a newer version has written is taken for CLOSED: this one knows no better. */
  private boolean isFleetCalling() {
    return fleet.getState() == CircuitState.CLOSED || fleet.getState() == CircuitState.UNKNOWN;
  }

  private Optional<String> takePermit(CircuitRules rules, long now) {
    return isFleetCalling() ? own.takePermit(rules, now) : permits.take(fleet, now);
  }

  private Admission refusal() {
    return isFleetCalling()
        ? refusals.of(own.status(), " in this instance")
        : refusals.of(fleet, "");
  }

  private void probeEnded(String permit, ProbeVerdict verdict, CircuitRules rules, long now) {
    if (OwnCircuit.granted(permit)) {
      CircuitState before = own.status().getState();
      own.probeEnded(permit, verdict, rules, now);
      if (own.status().getState() != before) {
        timing.atOnce();
      }
      if (own.isClosed() && before != CircuitState.CLOSED) {
        startAfresh(now);
      }
      look();
    } else if (permits.ended(permit, verdict)) {
      timing.atOnce();
    }
  }

  private void callEnded(Outcome outcome, long durationMs, CircuitRules rules, long now) {
    CallVerdict verdict = window.record(outcome, durationMs, rules.settings(), now);
    timing.withHeartbeat(now);
    if (verdict == CallVerdict.FAILURE) {
      timing.soon(now);
    }
    if (isFleetCalling() && own.isClosed()) {
      window.crossed(rules.settings(), now).ifPresent(reason -> tripped(reason, rules, now));
    }
  }

  private void tripped(String reason, CircuitRules rules, long now) {
    own.tripped(reason, rules, now);
    look();
    timing.atOnce();
  }

  private long nextWake(CircuitRules rules, long now) {
    boolean stopped = !calling && (demand || !own.isClosed() || !permits.reports().isEmpty());
    if (stopped || window.hasFailures()) {
      timing.withHeartbeat(now);
    }
    long own = this.own.nextAt(rules, now);
    boolean probes = rules.probesByHealth() && permits.usable(fleet, now).isPresent();
    long permit = probes ? now : permits.nextLapse(fleet);
    return Math.min(timing.dueAt(), Math.min(own, permit));
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
