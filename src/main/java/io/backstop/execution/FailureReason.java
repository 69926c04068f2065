package io.backstop.execution;

import io.backstop.action.Attempt;
import io.backstop.action.AttemptOutcome;
import io.backstop.action.FailureClass;
import io.backstop.action.Work;
import java.util.LinkedHashMap;
import java.util.Map;

/** Why a request could be done nowhere, and what to do, in words for a person. Pure. */
final class FailureReason {
  /** The history has the whole. */
  private static final int MAX_STEP_MESSAGE = 200;

  private FailureReason() {}

  /**
   * @param failure how its primary action failed
   * @param noMore why the last target is not tried again; empty where it never would be
   */
  static String of(Work work, Attempt failure, String noMore) {
    var reason = new StringBuilder(what(failure));
    lastOfEachStep(work)
        .forEach(
            (step, last) ->
                reason.append("; then ").append(step).append(": ").append(shortly(last)));
    if (!noMore.isEmpty()) {
      reason.append("; ").append(noMore);
    }
    if (work.cascade().hasBegun()) {
      reason.append("; no further step");
    }
    return reason.append("; ").append(advice(failure.getFailureClass())).toString();
  }

  private static Map<String, Attempt> lastOfEachStep(Work work) {
    var last = new LinkedHashMap<String, Attempt>();
    for (Attempt attempt : work.attempts()) {
      if (!attempt.getTarget().equals(work.request().getAction())
          && attempt.getOutcome() != AttemptOutcome.PARKED) {
        last.put(attempt.getTarget(), attempt);
      }
    }
    return last;
  }

  private static String what(Attempt last) {
    return last.getOutcome() == AttemptOutcome.REJECTED
        ? "%s was not called: %s".formatted(last.getTarget(), last.getMessage())
        : "%s failed at attempt %d as %s%s: %s"
            .formatted(
                last.getTarget(),
                last.getNumber(),
                last.getFailureClass(),
                last.getHttpStatus() == null ? "" : " (HTTP " + last.getHttpStatus() + ")",
                last.getMessage());
  }

  private static String shortly(Attempt last) {
    String message = String.valueOf(last.getMessage());
    String start =
        message.length() <= MAX_STEP_MESSAGE
            ? message
            : message.substring(0, MAX_STEP_MESSAGE) + " [cut]";
    return last.getFailureClass() + " " + start;
  }

  private static String advice(FailureClass failureClass) {
    return switch (failureClass) {
      case TIMEOUT, NETWORK, SERVER_ERROR ->
          "replay it when the service answers again; it may have been done already";
      case RATE_LIMITED -> "replay it later, or lower the service's max-concurrent-calls";
      case AUTHENTICATION -> "check the service's credentials and permissions, then replay";
      case NOT_FOUND -> "check the ids that the request names";
      case VALIDATION -> "correct the request";
      case CONFLICT -> "look at the service's present state, then replay or dismiss";
      case CIRCUIT_OPEN, RESOURCE_EXHAUSTED -> "replay it when the service has room again";
      case EXPIRED -> "send it again with a later deadline";
      case UNDECODABLE, INTERNAL, UNKNOWN -> "report this with the log of the processor";
    };
  }
}
