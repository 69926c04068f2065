package io.backstop.deadletter;

import io.backstop.action.Attempt;
import io.backstop.action.Failure;
import io.backstop.action.ReasonCode;

/** Says in one word why there is a dead letter. */
final class ReasonCodes {
  private ReasonCodes() {}

  static ReasonCode of(Failure failure) {
    return switch (failure.failureClass()) {
      case UNDECODABLE -> ReasonCode.UNDECODABLE;
      case EXPIRED -> ReasonCode.EXPIRED;
      case INTERNAL, UNKNOWN -> ReasonCode.INTERNAL;
      case VALIDATION -> wasCalled(failure) ? ReasonCode.EXHAUSTED : ReasonCode.INVALID;
      case TIMEOUT,
          NETWORK,
          RATE_LIMITED,
          SERVER_ERROR,
          AUTHENTICATION,
          NOT_FOUND,
          CONFLICT,
          CIRCUIT_OPEN,
          RESOURCE_EXHAUSTED ->
          wasCalled(failure) ? ReasonCode.EXHAUSTED : ReasonCode.REJECTED;
    };
  }

  private static boolean wasCalled(Failure failure) {
    return failure.attempts().stream().anyMatch(ReasonCodes::isCall);
  }

  private static boolean isCall(Attempt attempt) {
    return switch (attempt.getOutcome()) {
      case REJECTED, PARKED -> false;
      case SUCCEEDED, RETRYABLE, PERMANENT, TIMED_OUT, INTERRUPTED, UNKNOWN -> true;
    };
  }
}
