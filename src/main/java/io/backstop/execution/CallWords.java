package io.backstop.execution;

import io.backstop.action.FailureClass;
import io.backstop.action.Outcome;

/** How a call ended, in the words of the meters. */
final class CallWords {
  private static final String NO_FAILURE = "none";

  private CallWords() {}

  static String outcome(Outcome outcome) {
    if (outcome instanceof Outcome.Succeeded) {
      return "succeeded";
    } else if (outcome instanceof Outcome.Retryable) {
      return "retryable";
    } else if (outcome instanceof Outcome.Permanent) {
      return "permanent";
    }
    return outcome instanceof Outcome.Rejected ? "rejected" : "timed-out";
  }

  static String failure(Outcome outcome) {
    if (outcome instanceof Outcome.Retryable retryable) {
      return retryable.failureClass().name();
    } else if (outcome instanceof Outcome.Permanent permanent) {
      return permanent.failureClass().name();
    } else if (outcome instanceof Outcome.Rejected rejected) {
      return rejected.failureClass().name();
    }
    return outcome instanceof Outcome.TimedOut ? FailureClass.TIMEOUT.name() : NO_FAILURE;
  }
}
