package io.backstop.circuit;

import io.backstop.action.CircuitState;
import io.backstop.action.CircuitStatus;
import io.backstop.action.ProbePermit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A HALF_OPEN period: who may probe, and what the probes have shown so far. A status of another
 * state has no permits, so here nothing can be granted, reported or expire.
 */
record ProbePeriod(CircuitStatus status, CircuitRules rules) {

  /** Whether the number of the period lasts, and one more probe could help. */
  boolean mayGrant() {
    return status.getState() == CircuitState.HALF_OPEN
        && status.getGranted() < rules.settings().halfOpenProbes()
        && status.getPermits().size() + status.getSuccesses() < needed();
  }

  /** The next permit. Its id is not given again: when one comes back, time has passed. */
  ProbePermit permitFor(String instance, long now) {
    long usableUntil = now + rules.permitMs();
    return new ProbePermit(
        status.getVersion() + "-" + now + "-" + (status.getGranted() + 1),
        instance,
        Instant.ofEpochMilli(usableUntil),
        Instant.ofEpochMilli(usableUntil + rules.reportMs()));
  }

  ProbePeriod with(ProbePermit permit) {
    List<ProbePermit> outstanding = new ArrayList<>(status.getPermits());
    outstanding.add(permit);
    return with(
        CircuitStatus.newBuilder(status)
            .setGranted(status.getGranted() + 1)
            .setPermits(outstanding));
  }

  /** One permit is done with. */
  ProbePeriod without(String id, boolean succeeded) {
    List<ProbePermit> left =
        status.getPermits().stream().filter(permit -> !permit.getId().equals(id)).toList();
    return with(
        CircuitStatus.newBuilder(status)
            .setSuccesses(status.getSuccesses() + (succeeded ? 1 : 0))
            .setPermits(left));
  }

  /** One permit was not used. */
  ProbePeriod returned(String id) {
    CircuitStatus left = without(id, false).status();
    return with(CircuitStatus.newBuilder(left).setGranted(left.getGranted() - 1));
  }

  private ProbePeriod with(CircuitStatus.Builder next) {
    return new ProbePeriod(next.build(), rules);
  }

  boolean awaits(String id) {
    return status.getPermits().stream().anyMatch(permit -> permit.getId().equals(id));
  }

  boolean hasExpired(String id, long now) {
    return status.getPermits().stream()
        .filter(permit -> permit.getId().equals(id))
        .anyMatch(permit -> now >= permit.getExpiresAt().toEpochMilli());
  }

  /** Whether enough probes have succeeded. */
  boolean isWon() {
    return status.getSuccesses() >= needed();
  }

  /** Whether enough can no longer succeed, even if all do that may still be made. */
  boolean isLost() {
    int grantable = Math.max(0, rules.settings().halfOpenProbes() - status.getGranted());
    return status.getSuccesses() + status.getPermits().size() + grantable < needed();
  }

  /** How it stands, in words. */
  String score() {
    return "%d of %d probes succeeded, %d are needed"
        .formatted(status.getSuccesses(), status.getGranted(), needed());
  }

  private int needed() {
    return rules.settings().successesToClose();
  }
}
