package io.backstop.demo;

import io.backstop.action.ActionResult;
import io.backstop.action.DeadLetter;
import io.backstop.action.FailureClass;
import io.backstop.action.ResultStatus;
import java.time.Duration;

/**
 * What was recorded for one published record.
 *
 * @param fromCache whether it succeeded by an earlier result, without a call
 * @param millis from reading the request to its outcome, for a call that was made
 * @param failureClass of a dead letter, else empty
 * @param reason of a dead letter, else empty
 */
record Outcome(Ending ending, boolean fromCache, long millis, String failureClass, String reason) {

  enum Ending {
    SUCCEEDED,
    VIA_FALLBACK,
    DUPLICATE,
    DEAD_LETTERED,
    /** What nothing in the demo asks for: skipped, say. */
    OTHER
  }

  static Outcome of(ActionResult result) {
    long millis = Duration.between(result.getReceivedAt(), result.getCompletedAt()).toMillis();
    return new Outcome(ending(result), result.getFromCache(), millis, "", "");
  }

  static Outcome of(DeadLetter letter) {
    return new Outcome(
        Ending.DEAD_LETTERED, false, 0, letter.getFailureClass().name(), letter.getReason());
  }

  /** Whether it was not called because the circuit was open. */
  boolean isRejected() {
    return ending == Ending.DEAD_LETTERED && failureClass.equals(FailureClass.CIRCUIT_OPEN.name());
  }

  private static Ending ending(ActionResult result) {
    if (result.getDuplicateOf() != null) {
      return Ending.DUPLICATE;
    } else if (result.getStatus() != ResultStatus.SUCCEEDED) {
      return Ending.OTHER;
    }
    return result.getExecutedViaFallback() ? Ending.VIA_FALLBACK : Ending.SUCCEEDED;
  }
}
