package io.backstop.execution;

import io.backstop.action.Attempt;
import io.backstop.action.AttemptOutcome;
import io.backstop.action.FailureClass;
import io.backstop.action.Outcome;
import io.backstop.action.Work;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

/** Writes and reads the history of a request's attempts. Pure: reads no clock. */
final class AttemptHistory {
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
        call.work().target(),
        call.number(),
        Instant.ofEpochMilli(call.startedAt()),
        Math.max(0, now - call.startedAt()),
        kind,
        failureClass,
        status.isPresent() ? status.getAsInt() : null,
        cut(message, call.work().attempts().size()));
  }

  /** A call that was not made, because the circuit is open. */
  static Attempt refused(Work work, String reason, long now) {
    return notMade(work.target(), nextNumber(work), FailureClass.CIRCUIT_OPEN, reason, now);
  }

  /** A call that was not made, because there is no such target in this version. */
  static Attempt unknown(Work work, long now) {
    return notMade(
        work.target(),
        nextNumber(work),
        FailureClass.VALIDATION,
        "this version does not know it: deploy one that does, then replay",
        now);
  }

  /** A fallback step that could not be taken. */
  static Attempt notTaken(String step, FailureClass failureClass, String reason, long now) {
    return notMade(step, 1, failureClass, reason, now);
  }

  private static Attempt notMade(
      String target, int number, FailureClass failureClass, String reason, long now) {
    return new Attempt(
        target,
        number,
        Instant.ofEpochMilli(now),
        0L,
        AttemptOutcome.REJECTED,
        failureClass,
        null,
        cut(reason, 0));
  }

  /** The request was put into the retry queue; {@code work} says how often before. */
  static Attempt parked(Work work, long until, long now) {
    return new Attempt(
        work.cascade().step(),
        work.cascade().parks(),
        Instant.ofEpochMilli(now),
        0L,
        AttemptOutcome.PARKED,
        null,
        null,
        "waits until %s for %s to be tried again"
            .formatted(Instant.ofEpochMilli(until), work.request().getAction()));
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
    return nextNumber(work.target(), work.attempts());
  }

  /** 1 for the first call at the target. */
  static int nextNumber(String target, List<Attempt> attempts) {
    for (int index = attempts.size() - 1; index >= 0; index--) {
      if (attempts.get(index).getTarget().equals(target)) {
        return attempts.get(index).getNumber() + 1;
      }
    }
    return 1;
  }

  /**
   * Calls of the target with a known outcome, since the request was parked where it was: what a
   * crash interrupted is no failure of the service.
   */
  static int known(Work work) {
    int known = 0;
    for (int index = work.attempts().size() - 1; index >= 0; index--) {
      Attempt attempt = work.attempts().get(index);
      if (attempt.getOutcome() == AttemptOutcome.PARKED) {
        break;
      }
      known += isKnown(attempt) && attempt.getTarget().equals(work.target()) ? 1 : 0;
    }
    return known;
  }

  /** When the first of these was started, epoch milliseconds. */
  static long firstStartedAt(Work work) {
    long first = -1;
    for (int index = work.attempts().size() - 1; index >= 0; index--) {
      Attempt attempt = work.attempts().get(index);
      if (attempt.getOutcome() == AttemptOutcome.PARKED) {
        break;
      }
      if (isKnown(attempt) && attempt.getTarget().equals(work.target())) {
        first = attempt.getStartedAt().toEpochMilli();
      }
    }
    if (first < 0) {
      throw new IllegalStateException("no call of " + work.idempotencyKey() + " has ended");
    }
    return first;
  }

  /** How the primary action failed last; the last attempt of all where it was not tried. */
  static Attempt primaryFailure(Work work) {
    for (int index = work.attempts().size() - 1; index >= 0; index--) {
      Attempt attempt = work.attempts().get(index);
      if (attempt.getTarget().equals(work.request().getAction())
          && attempt.getFailureClass() != null
          && attempt.getOutcome() != AttemptOutcome.INTERRUPTED) {
        return attempt;
      }
    }
    return work.lastAttempt();
  }

  /** Its class; UNKNOWN where nothing has failed. */
  static FailureClass primaryFailureClass(Work work) {
    Attempt failure = work.attempts().isEmpty() ? null : primaryFailure(work);
    return failure == null || failure.getFailureClass() == null
        ? FailureClass.UNKNOWN
        : failure.getFailureClass();
  }

  /** The same in words; empty where nothing has failed. */
  static String primaryError(Work work) {
    Attempt failure = work.attempts().isEmpty() ? null : primaryFailure(work);
    return failure == null || failure.getFailureClass() == null
        ? ""
        : failure.getFailureClass() + ": " + failure.getMessage();
  }

  private static boolean isKnown(Attempt attempt) {
    return attempt.getOutcome() != AttemptOutcome.INTERRUPTED
        && attempt.getOutcome() != AttemptOutcome.REJECTED
        && attempt.getOutcome() != AttemptOutcome.PARKED;
  }

  private static String cut(String message, int attempts) {
    int room = LongHistory.messageRoom(attempts);
    return message == null || message.length() <= room ? message : message.substring(0, room);
  }
}
