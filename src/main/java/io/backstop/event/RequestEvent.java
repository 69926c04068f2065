package io.backstop.event;

import io.backstop.action.ActionEvent;
import io.backstop.action.ActionRequest;
import io.backstop.action.ActionResult;
import io.backstop.action.Attempt;
import io.backstop.action.AttemptOutcome;
import io.backstop.action.DeadLetterId;
import io.backstop.action.EventType;
import io.backstop.action.Failure;
import io.backstop.action.FailureClass;
import io.backstop.action.Work;
import java.time.Instant;
import java.util.List;

/**
 * What the outcome of a request is as an event. Every request comes by here, so none is made with
 * Avro's builder, which looks up the default of each field left out.
 */
final class RequestEvent {
  private static final int MAX_REASON = 1_000;

  private RequestEvent() {}

  /** It was done, by a call or from the cache. */
  static ActionEvent succeeded(Work work, ActionResult result) {
    return event(
        EventType.REQUEST_SUCCEEDED,
        result.getCompletedAt(),
        work.request(),
        work.idempotencyKey(),
        result.getExecutedBy(),
        null,
        "",
        result.getAttempts(),
        result.getFromCache(),
        null);
  }

  /** A fallback did it. */
  static ActionEvent fallbackUsed(Work work, ActionResult result) {
    return event(
        EventType.FALLBACK_USED,
        result.getCompletedAt(),
        work.request(),
        work.idempotencyKey(),
        result.getFallbackAction(),
        null,
        result.getOriginalError(),
        result.getAttempts(),
        result.getFromCache(),
        null);
  }

  /** It became a dead letter, or its record never was a request. */
  static ActionEvent failed(Failure failure, long now) {
    List<Attempt> attempts = failure.attempts();
    return event(
        EventType.REQUEST_FAILED,
        Instant.ofEpochMilli(now),
        failure.request().orElse(null),
        failure.idempotencyKey().orElse(null),
        attempts.isEmpty() ? null : attempts.get(attempts.size() - 1).getTarget(),
        failure.failureClass(),
        failure.reason(),
        attempts,
        false,
        DeadLetterId.of(failure.original()));
  }

  /**
   * It was not executed where it should have been.
   *
   * @param rejection the attempt that was none
   */
  static ActionEvent rejected(Work work, Attempt rejection, List<Attempt> attempts, Instant at) {
    return event(
        EventType.REQUEST_REJECTED,
        at,
        work.request(),
        work.idempotencyKey(),
        rejection.getTarget(),
        rejection.getFailureClass(),
        rejection.getMessage(),
        attempts,
        false,
        null);
  }

  /** The first attempt that an open circuit stopped; null when none was. */
  static Attempt rejection(List<Attempt> attempts) {
    for (int index = 0; index < attempts.size(); index++) {
      Attempt attempt = attempts.get(index);
      if (attempt.getFailureClass() == FailureClass.CIRCUIT_OPEN
          && attempt.getOutcome() == AttemptOutcome.REJECTED) {
        return attempt;
      }
    }
    return null;
  }

  private static ActionEvent event(
      EventType type,
      Instant at,
      ActionRequest request,
      String idempotencyKey,
      String target,
      FailureClass failureClass,
      String reason,
      List<Attempt> attempts,
      boolean fromCache,
      String deadLetterId) {
    return new ActionEvent(
        type,
        at,
        null,
        null,
        null,
        null,
        null,
        null,
        cut(reason),
        request == null ? null : request.getRequestId(),
        idempotencyKey,
        request == null ? null : request.getAction(),
        target,
        failureClass,
        calls(attempts),
        fromCache,
        deadLetterId);
  }

  /** The dead letter has the whole. */
  private static String cut(String reason) {
    if (reason == null) {
      return "";
    }
    return reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON) + " [cut]";
  }

  /** Attempts that went out; a rejected one did not. */
  private static int calls(List<Attempt> attempts) {
    int calls = 0;
    for (int index = 0; index < attempts.size(); index++) {
      calls += attempts.get(index).getOutcome() == AttemptOutcome.REJECTED ? 0 : 1;
    }
    return calls;
  }
}
