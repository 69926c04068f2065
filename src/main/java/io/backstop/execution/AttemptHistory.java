package io.backstop.execution;

import io.backstop.action.Attempt;
import io.backstop.action.AttemptOutcome;
import io.backstop.action.FailureClass;
import io.backstop.action.Outcome;
import io.backstop.action.Work;
import java.time.Instant;
import java.util.OptionalInt;

/** Writes and reads the history of a request's attempts. Pure: reads no clock. */
final class AttemptHistory {
  private static final int MAX_MESSAGE = 1_000;

  private AttemptHistory() {}

  /** A call that was made. */
  static Attempt of(RunningCall call, Outcome outcome, long now) {
    AttemptOutcome kind;
    FailureClass failureClass = null;
    OptionalInt status = OptionalInt.empty();
    String message = null;
    if (outcome instanceof Outcome.Succeeded succeeded) {
      kind = AttemptOutcome.SUCCEEDED;
      status = succeeded.httpStatus();
    } else if (outcome instanceof Outcome.Retryable retryable) {
      kind = AttemptOutcome.RETRYABLE;
      failureClass = retryable.failureClass();
      status = retryable.httpStatus();
      message = retryable.message();
    } else if (outcome instanceof Outcome.Permanent permanent) {
      kind = AttemptOutcome.PERMANENT;
      failureClass = permanent.failureClass();
      status = permanent.httpStatus();
      message = permanent.message();
    } else if (outcome instanceof Outcome.Rejected rejected) {
      kind = AttemptOutcome.REJECTED;
      failureClass = rejected.failureClass();
      message = rejected.message();
    } else if (outcome instanceof Outcome.TimedOut timedOut) {
      kind = AttemptOutcome.TIMED_OUT;
      failureClass = FailureClass.TIMEOUT;
      message = "no answer within " + timedOut.after().toMillis() + " ms";
    } else {
      throw new IllegalStateException("not an outcome: " + outcome);
    }
    return new Attempt(
        call.work().request().getAction(),
        call.number(),
        Instant.ofEpochMilli(call.startedAt()),
        Math.max(0, now - call.startedAt()),
        kind,
        failureClass,
        status.isPresent() ? status.getAsInt() : null,
        cut(message));
  }

  /** A call that was not made, because the circuit is open. */
  static Attempt refused(Work work, String reason, long now) {
    return new Attempt(
        work.request().getAction(),
        nextNumber(work),
        Instant.ofEpochMilli(now),
        0L,
        AttemptOutcome.REJECTED,
        FailureClass.CIRCUIT_OPEN,
        null,
        cut(reason));
  }

  /** A call of an earlier owner of the task, whose outcome is not known. */
  static Attempt interrupted(String target, int number, Instant startedAt) {
    return new Attempt(
        target,
        number,
        startedAt,
        0L,
        AttemptOutcome.INTERRUPTED,
        FailureClass.INTERNAL,
        null,
        "the processor stopped before this call's outcome was recorded; repeated with the same"
            + " idempotency key");
  }

  /** 1 for the first call at the target. */
  static int nextNumber(Work work) {
    return work.attempts().size() + 1;
  }

  /** Calls with a known outcome: what a crash interrupted is no failure of the service. */
  static int known(Work work) {
    int known = 0;
    for (Attempt attempt : work.attempts()) {
      if (isKnown(attempt)) {
        known++;
      }
    }
    return known;
  }

  /** When the first call with a known outcome was started, epoch milliseconds. */
  static long firstStartedAt(Work work) {
    for (Attempt attempt : work.attempts()) {
      if (isKnown(attempt)) {
        return attempt.getStartedAt().toEpochMilli();
      }
    }
    throw new IllegalStateException("no call of " + work.idempotencyKey() + " has ended");
  }

  private static boolean isKnown(Attempt attempt) {
    return attempt.getOutcome() != AttemptOutcome.INTERRUPTED
        && attempt.getOutcome() != AttemptOutcome.REJECTED;
  }

  private static String cut(String message) {
    return message == null || message.length() <= MAX_MESSAGE
        ? message
        : message.substring(0, MAX_MESSAGE);
  }
}
