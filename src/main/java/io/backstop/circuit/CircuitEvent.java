package io.backstop.circuit;

import java.util.Objects;
import java.util.Optional;

/** What can happen to a circuit. */
sealed interface CircuitEvent {

  /**
   * The calls have gone wrong as often as it takes.
   *
   * @param reason which rule was met, and how
   */
  record ThresholdCrossed(String reason) implements CircuitEvent {}

  /** The open time may be over. */
  record OpenTimeOver() implements CircuitEvent {}

  /** An instance has requests waiting and would make a probe. */
  record Demanded(String instance) implements CircuitEvent {}

  /**
   * A permitted probe has ended.
   *
   * @param succeeded empty where it says nothing about the service
   * @param message what the service said to a failed one; may be null
   */
  record ProbeReported(String permit, Optional<Boolean> succeeded, String message)
      implements CircuitEvent {
    public ProbeReported {
      Objects.requireNonNull(succeeded, "succeeded");
    }
  }

  /** An instance gives a permit back that it has not used and will not use. */
  record PermitReturned(String permit) implements CircuitEvent {}

  /** No report of a permit has come and none is waited for any longer. */
  record PermitExpired(String permit) implements CircuitEvent {}

  /** Settings may have changed, so that a HALF_OPEN period is decided by what is known already. */
  record Reconsidered() implements CircuitEvent {}

  /** An instance has stopped calling on its own evidence while the fleet goes on. */
  record InstanceStopped(String instance) implements CircuitEvent {}

  /** An instance that had stopped calls again, or is gone. */
  record InstanceReturned(String instance) implements CircuitEvent {}

  /**
   * The fleet knows of a later status than this one: what was decided since is lost, with the
   * coordinator's store.
   *
   * @param version of the later one
   */
  record Forgotten(long version) implements CircuitEvent {}

  /** What operators do; the actor is their name, the reason in words and may be null. */
  sealed interface ByOperator extends CircuitEvent {
    String actor();

    String reason();
  }

  /** An operator stops the calls. */
  record OperatorForcedOpen(String actor, String reason) implements ByOperator {}

  /** An operator has calls made whatever comes of them. */
  record OperatorDisabled(String actor, String reason) implements ByOperator {}

  /** An operator starts the circuit afresh. */
  record OperatorReset(String actor, String reason) implements ByOperator {}
}
