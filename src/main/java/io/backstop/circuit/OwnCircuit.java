package io.backstop.circuit;

import io.backstop.action.CircuitState;
import io.backstop.action.CircuitStatus;
import io.backstop.action.ProbePermit;
import io.backstop.circuit.CircuitEffect.PermitGranted;
import java.util.Optional;

/**
 * The circuit that one instance keeps for itself while the fleet's is closed: the same state
 * machine, on its own evidence, granting permits to itself at the moment of their use. Not
 * thread-safe.
 */
final class OwnCircuit {
  /** Keeps its permits apart from the fleet's. */
  private static final String PREFIX = "own-";

  private final String instance;
  private CircuitStatus status = Circuit.untouched(0);

  OwnCircuit(String instance) {
    this.instance = instance;
  }

  CircuitStatus status() {
    return status;
  }

  boolean isClosed() {
    return status.getState() == CircuitState.CLOSED;
  }

  /** Whether a permit is one of its own. */
  static boolean granted(String permit) {
    return permit.startsWith(PREFIX);
  }

  void tripped(String reason, CircuitRules rules, long now) {
    apply(new CircuitEvent.ThresholdCrossed(reason), rules, now);
  }

  /** The fleet has decided something: what was before does not count any more. */
  void startAfresh(CircuitRules rules, long now) {
    if (!isClosed()) {
      apply(new CircuitEvent.OperatorReset(instance, null), rules, now);
    }
  }

  /** Does what is due by now. */
  void timePassed(CircuitRules rules, long now) {
    if (isClosed()) {
      return;
    }
    apply(new CircuitEvent.OpenTimeOver(), rules, now);
    for (ProbePermit permit : status.getPermits()) {
      apply(new CircuitEvent.PermitExpired(permit.getId()), rules, now);
    }
    apply(new CircuitEvent.Reconsidered(), rules, now);
  }

  /** Whether {@link #takePermit} would give one. */
  boolean hasPermit(CircuitRules rules, long now) {
    return new ProbePeriod(status, rules).mayGrant()
        || (status.getState() == CircuitState.OPEN && now >= openUntil());
  }

  /** A permit for a probe that is started now. */
  Optional<String> takePermit(CircuitRules rules, long now) {
    return apply(new CircuitEvent.Demanded(instance), rules, now).effects().stream()
        .map(effect -> PREFIX + ((PermitGranted) effect).permit().getId())
        .findFirst();
  }

  /**
   * @param permit one of its own
   */
  void probeEnded(String permit, ProbeVerdict verdict, CircuitRules rules, long now) {
    String id = permit.substring(PREFIX.length());
    apply(new CircuitEvent.ProbeReported(id, verdict.succeeded(), verdict.message()), rules, now);
  }

  /**
   * @param permit one of its own
   */
  void permitNotUsed(String permit, CircuitRules rules, long now) {
    String id = permit.substring(PREFIX.length());
    apply(new CircuitEvent.PermitReturned(id), rules, now);
  }

  /** When {@link #timePassed} has something to do, or a health probe can be made. */
  long nextAt(CircuitRules rules, long now) {
    if (isClosed()) {
      return Long.MAX_VALUE;
    } else if (hasPermit(rules, now) && rules.probesByHealth()) {
      return now;
    } else if (status.getState() == CircuitState.OPEN) {
      return openUntil();
    }
    return status.getPermits().stream()
        .mapToLong(permit -> permit.getExpiresAt().toEpochMilli())
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private long openUntil() {
    return status.getOpenUntil().toEpochMilli();
  }

  private Transition apply(CircuitEvent event, CircuitRules rules, long now) {
    Transition transition = Circuit.apply(status, event, rules, now);
    status = transition.status();
    return transition;
  }
}
