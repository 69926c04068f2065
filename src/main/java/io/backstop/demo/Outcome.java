package io.backstop.demo;

import io.backstop.action.ActionResult;
import io.backstop.action.DeadLetter;
import io.backstop.action.FailureClass;
import io.backstop.action.ResultStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What was recorded for one published record.
 *
 * @param fallback the step that did it, for {@link Ending#VIA_FALLBACK}, else empty
 * @param fromCache whether it succeeded by an earlier result, without a call
 * @param millis from reading the request to its outcome, for a result
 * @param letter of a dead letter, else empty
 */
record Outcome(
    Ending ending, String fallback, boolean fromCache, long millis, Optional<Letter> letter) {

  enum Ending {
    SUCCEEDED,
    VIA_FALLBACK,
    DUPLICATE,
    DEAD_LETTERED,
    /** What nothing in the demo asks for: skipped, say. */
    OTHER
  }

  /** What a dead letter says. */
  record Letter(String id, FailureClass failureClass, String reason) {}

  /** Done by the action that was asked for, now or for an earlier request with the same key. */
  static final String PRIMARY = "primary";

  static final String CACHE = "cache";
  static final String DEAD_LETTER = "dead letter";
  static final String OTHER = "other";

  /** The places that are not fallback steps. */
  static final Set<String> NO_FALLBACKS = Set.of(PRIMARY, CACHE, DEAD_LETTER, OTHER);

  static Outcome of(ActionResult result) {
    long millis = Duration.between(result.getReceivedAt(), result.getCompletedAt()).toMillis();
    Ending ending = ending(result);
    String fallback = ending == Ending.VIA_FALLBACK ? result.getFallbackAction() : "";
    return new Outcome(ending, fallback, result.getFromCache(), millis, Optional.empty());
  }

  static Outcome of(DeadLetter letter) {
    var said = new Letter(letter.getId(), letter.getFailureClass(), letter.getReason());
    return new Outcome(Ending.DEAD_LETTERED, "", false, 0, Optional.of(said));
  }

  /** Where the request ended: one of the names here, or a fallback step. */
  String place() {
    if (fromCache) {
      return CACHE;
    }
    return switch (ending) {
      case SUCCEEDED, DUPLICATE -> PRIMARY;
      case VIA_FALLBACK -> fallback;
      case DEAD_LETTERED -> DEAD_LETTER;
      case OTHER -> OTHER;
    };
  }

  /** Whether it was not called because the circuit was open, and no fallback did it. */
  boolean isRejected() {
    return letter.filter(said -> said.failureClass() == FailureClass.CIRCUIT_OPEN).isPresent();
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
