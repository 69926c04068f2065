package io.backstop.circuit;

import io.backstop.action.CallStatistics;
import io.backstop.action.CircuitState;
import io.backstop.action.CircuitStatus;
import io.backstop.action.FleetSignal;
import io.backstop.action.ProbePermit;
import io.backstop.action.ProbeReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The circuit of one scope for the whole fleet: the state machine, driven by the evidence of all
 * instances and by time. The status is all that must be kept; the evidence comes again with the
 * next signals. Every method answers what it has brought about. Not thread-safe.
 */
final class FleetCircuit {
  /** At the start of a breakdown the signals of the instances come one after the other. */
  private static final long ISOLATED_AFTER_MS = 1_000;

  /** Instances that call speak once a second; their words take a moment to arrive. */
  private static final long INTRODUCTION_MS = 2_000;

  private static final long SILENCE_CHECK_MS = 1_000;

  private final FleetEvidence evidence = new FleetEvidence();
  private final long knownSince;
  private CircuitStatus status;
  private long silenceCheckAt;

  FleetCircuit(CircuitStatus status, long now) {
    this.status = status;
    this.knownSince = now;
    this.silenceCheckAt = now + SILENCE_CHECK_MS;
  }

  CircuitStatus status() {
    return status;
  }

  /**
   * Takes in what an instance says.
   *
   * @param signal with evidence about this circuit
   */
  List<CircuitEffect> heard(FleetSignal signal, CircuitRules rules, long now) {
    List<CircuitEffect> effects = new ArrayList<>();
    if (!evidence.take(signal, now)) {
      return effects;
    }
    apply(new CircuitEvent.Forgotten(signal.getCircuit().getFleetVersion()), rules, now, effects);
    for (ProbeReport report : signal.getCircuit().getProbes()) {
      took(report, signal.getInstance(), rules, now, effects);
    }
    if (signal.getLeaving()) {
      evidence.forget(signal.getInstance());
    }
    judge(rules, now, effects);
    return effects;
  }

  private void took(
      ProbeReport report,
      String instance,
      CircuitRules rules,
      long now,
      List<CircuitEffect> effects) {
    if (report.getMade()) {
      var succeeded = Optional.ofNullable(report.getSucceeded());
      apply(
          new CircuitEvent.ProbeReported(report.getPermit(), succeeded, report.getMessage()),
          rules,
          now,
          effects);
    } else if (new ProbePeriod(status, rules).awaits(report.getPermit())) {
      evidence.countReturned(instance);
      apply(new CircuitEvent.PermitReturned(report.getPermit()), rules, now, effects);
    }
  }

  /** Does what is due by now; costs next to nothing while the circuit is closed and all is well. */
  List<CircuitEffect> timePassed(CircuitRules rules, long now) {
    if (now >= silenceCheckAt) {
      silenceCheckAt = now + SILENCE_CHECK_MS;
      evidence.forgetSilent(rules.settings(), now);
    }
    if (is(CircuitState.CLOSED) && status.getIsolated().isEmpty() && !evidence.anyHasStopped()) {
      return List.of();
    }
    List<CircuitEffect> effects = new ArrayList<>();
    judge(rules, now, effects);
    return effects;
  }

  /** Does what an operator wants; nothing when it is so already. */
  List<CircuitEffect> commanded(CircuitEvent.ByOperator command, CircuitRules rules, long now) {
    List<CircuitEffect> effects = new ArrayList<>();
    apply(command, rules, now, effects);
    return effects;
  }

  CallStatistics statistics(CircuitRules rules, long now) {
    return evidence.statistics(rules.settings(), now);
  }

  private void judge(CircuitRules rules, long now, List<CircuitEffect> effects) {
    if (is(CircuitState.CLOSED) && mayJudge(rules, now)) {
      evidence
          .crossed(status.getVersion(), rules.settings(), now)
          .ifPresent(
              reason -> apply(new CircuitEvent.ThresholdCrossed(reason), rules, now, effects));
    }
    if (is(CircuitState.CLOSED)) {
      judgeInstances(rules, now, effects);
    }
    if (is(CircuitState.OPEN)) {
      apply(new CircuitEvent.OpenTimeOver(), rules, now, effects);
    }
    if (is(CircuitState.HALF_OPEN)) {
      for (ProbePermit permit : status.getPermits()) {
        apply(new CircuitEvent.PermitExpired(permit.getId()), rules, now, effects);
      }
      apply(new CircuitEvent.Reconsidered(), rules, now, effects);
      grant(rules, now, effects);
    }
  }

  /**
   * Whether those who call have had the time to say so. The first to speak after a start may be the
   * one that is in trouble, and would be taken for the only one.
   */
  private boolean mayJudge(CircuitRules rules, long now) {
    return now - knownSince >= INTRODUCTION_MS || evidence.knowsEnough(rules.settings(), now);
  }

  private void judgeInstances(CircuitRules rules, long now, List<CircuitEffect> effects) {
    for (String stopped : evidence.stoppedBy(now - ISOLATED_AFTER_MS, status.getVersion())) {
      apply(new CircuitEvent.InstanceStopped(stopped), rules, now, effects);
    }
    boolean allHadTheirSay = now - knownSince >= FleetEvidence.silenceMs(rules.settings());
    for (String listed : status.getIsolated()) {
      boolean gone = allHadTheirSay && !evidence.knows(listed);
      if (gone || evidence.hasNotStopped(listed)) {
        apply(new CircuitEvent.InstanceReturned(listed), rules, now, effects);
      }
    }
  }

  private void grant(CircuitRules rules, long now, List<CircuitEffect> effects) {
    while (new ProbePeriod(status, rules).mayGrant()) {
      Optional<String> prober = evidence.nextProber(status.getVersion(), status.getPermits(), now);
      if (prober.isEmpty()) {
        return;
      }
      apply(new CircuitEvent.Demanded(prober.get()), rules, now, effects);
    }
  }

  private void apply(
      CircuitEvent event, CircuitRules rules, long now, List<CircuitEffect> effects) {
    Transition transition = Circuit.apply(status, event, rules, now);
    status = transition.status();
    effects.addAll(transition.effects());
  }

  private boolean is(CircuitState state) {
    return status.getState() == state;
  }
}
