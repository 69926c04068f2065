package io.backstop.circuit;

import io.backstop.action.Admission;
import io.backstop.action.CircuitEvidence;
import io.backstop.action.CircuitGate;
import io.backstop.action.CircuitState;
import io.backstop.action.CircuitStatus;
import io.backstop.action.FailureClass;
import io.backstop.action.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The circuit of one scope in this process, shared by all its threads. Thread-safe: a call that may
 * be made costs one volatile read, its end one short section under the lock. {@link LocalState}
 * knows what is decided.
 */
final class LocalCircuit implements CircuitGate {
  private static final Outcome NOT_MADE =
      new Outcome.Rejected(FailureClass.INTERNAL, "the call was not made");

  /** How a probe ended that is not known by its call. */
  private record Answer(String permit, Outcome outcome) {}

  private final Object lock = new Object();
  private final LocalState state;
  private final CurrentRules currentRules;
  private final CircuitMeter meter;
  private final LeakedCalls leaked = new LeakedCalls();
  private final List<Answer> answers = new ArrayList<>();

  private volatile CircuitState fleetState = CircuitState.CLOSED;
  private volatile boolean calling = true;
  private volatile long wakeAt = Long.MAX_VALUE;

  LocalCircuit(String scope, String instance, CurrentRules currentRules, CircuitMeter meter) {
    this.state = new LocalState(scope, instance);
    this.currentRules = currentRules;
    this.meter = meter;
  }

  /** State for the whole fleet, as far as this instance knows. */
  CircuitState fleetState() {
    return fleetState;
  }

  /** Takes the fleet's decision. */
  void decided(CircuitStatus status) {
    synchronized (lock) {
      if (state.decided(status)) {
        meter.transition(status);
        calling = false;
        watchLeaks(status);
      }
      fleetState = status.getState();
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
      wakeAt = Long.MIN_VALUE;
      Optional<String> permit =
          rules.probesByHealth() ? Optional.empty() : state.takePermit(rules, now);
      if (permit.isPresent()) {
        meter.probe("live");
        return new Admission.Granted(permit);
      }
      meter.refused();
      return state.refuse();
    }
  }

  @Override
  public boolean refuses(long now) {
    if (calling) {
      return false;
    }
    synchronized (lock) {
      CircuitRules rules = settled(now);
      return !calling && (rules.probesByHealth() || !state.hasPermit(rules, now));
    }
  }

  @Override
  public void ended(Admission.Granted admission, Outcome outcome, long durationMs, long now) {
    synchronized (lock) {
      CircuitRules rules = settled(now);
      if (admission.permit().isPresent()) {
        var verdict = ProbeVerdict.ofCall(outcome, durationMs, rules.settings());
        state.probeEnded(admission.permit().get(), verdict, rules, now);
      } else if (leaked.ended(now - durationMs)) {
        meter.leaked(1);
      }
      state.callEnded(outcome, durationMs, rules, now);
      look(rules, now);
    }
  }

  @Override
  public void notUsed(Admission.Granted admission, long now) {
    if (admission.permit().isPresent()) {
      synchronized (lock) {
        CircuitRules rules = settled(now);
        state.permitNotUsed(admission.permit().get(), rules, now);
        look(rules, now);
      }
    }
  }

  @Override
  public void abandoned(Admission.Granted admission) {
    admission.permit().ifPresent(permit -> healthCallEnded(permit, NOT_MADE));
  }

  /** Takes over how a health call ended, on any thread; the next {@link #due} looks at it. */
  void healthCallEnded(String permit, Outcome outcome) {
    synchronized (lock) {
      answers.add(new Answer(permit, outcome));
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
      Optional<String> permit = healthPermit(rules, now);
      while (permit.isPresent()) {
        meter.probe("health");
        taken.add(permit.get());
        permit = healthPermit(rules, now);
      }
      return taken;
    }
  }

  private Optional<String> healthPermit(CircuitRules rules, long now) {
    return rules.probesByHealth() && !calling ? state.takePermit(rules, now) : Optional.empty();
  }

  /** What the coordinator is to be told now; empty most of the time. */
  Optional<CircuitEvidence> due(long now) {
    synchronized (lock) {
      CircuitRules rules = settled(now);
      for (Answer answer : answers) {
        var verdict = ProbeVerdict.ofHealthCall(answer.outcome(), rules.settings());
        state.probeEnded(answer.permit(), verdict, rules, now);
      }
      answers.clear();
      Optional<CircuitEvidence> told = state.due(rules, now);
      look(rules, now);
      return told;
    }
  }

  /** What the coordinator is told at the end; empty when it has never been told anything. */
  Optional<CircuitEvidence> lastWords(long now) {
    synchronized (lock) {
      return state.lastWords(settled(now), now);
    }
  }

  private void watchLeaks(CircuitStatus status) {
    switch (status.getState()) {
      case OPEN, FORCED_OPEN -> meter.leaked(leaked.stopped(status.getSince().toEpochMilli()));
      case HALF_OPEN -> {}
      default -> leaked.letsThrough();
    }
  }

  /** Everything under the lock that depends on time begins with it. */
  private CircuitRules settled(long now) {
    CircuitRules rules = currentRules.get();
    state.settle(rules, now);
    showWhetherCalling();
    return rules;
  }

  /** Everything under the lock that may have changed something ends with it. */
  private void look(CircuitRules rules, long now) {
    showWhetherCalling();
    long next = answers.isEmpty() ? state.nextAt(rules, now) : Long.MIN_VALUE;
    if (wakeAt != next) {
      wakeAt = next;
    }
  }

  private void showWhetherCalling() {
    boolean mayCall = state.mayCall();
    if (calling != mayCall) {
      calling = mayCall;
    }
  }
}
