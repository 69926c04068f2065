package io.backstop.circuit;

import io.backstop.action.FailureClass;
import io.backstop.action.Outcome;
import io.backstop.config.CircuitSettings;
import java.util.Optional;

/** What the outcome of a call says about its service. */
enum CallVerdict {
  SUCCESS,
  FAILURE,
  /** Nothing: the request was wrong, say. */
  NEUTRAL;

  static CallVerdict of(Outcome outcome, CircuitSettings settings) {
    if (outcome instanceof Outcome.Succeeded) {
      return SUCCESS;
    }
    return failureClass(outcome).filter(settings.failureClasses()::contains).isPresent()
        ? FAILURE
        : NEUTRAL;
  }

  /** Empty for a success. */
  static Optional<FailureClass> failureClass(Outcome outcome) {
    if (outcome instanceof Outcome.Retryable retryable) {
      return Optional.of(retryable.failureClass());
    } else if (outcome instanceof Outcome.Permanent permanent) {
      return Optional.of(permanent.failureClass());
    } else if (outcome instanceof Outcome.Rejected rejected) {
      return Optional.of(rejected.failureClass());
    } else if (outcome instanceof Outcome.TimedOut) {
      return Optional.of(FailureClass.TIMEOUT);
    }
    return Optional.empty();
  }
}
