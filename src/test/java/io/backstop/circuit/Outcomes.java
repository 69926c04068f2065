package io.backstop.circuit;

import io.backstop.action.FailureClass;
import io.backstop.action.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** Outcomes of calls for tests. */
final class Outcomes {
  private Outcomes() {}

  static Outcome succeeded() {
    return new Outcome.Succeeded("{}", OptionalInt.of(200));
  }

  static Outcome down() {
    return retryable(FailureClass.SERVER_ERROR);
  }

  static Outcome retryable(FailureClass failureClass) {
    return new Outcome.Retryable(failureClass, "HTTP 503", OptionalInt.of(503), Optional.empty());
  }

  static Outcome permanent(FailureClass failureClass) {
    return new Outcome.Permanent(failureClass, "HTTP 400", OptionalInt.of(400));
  }

  static Outcome timedOut() {
    return new Outcome.TimedOut(Duration.ofSeconds(2));
  }

  static Outcome rejected() {
    return new Outcome.Rejected(FailureClass.AUTHENTICATION, "no token");
  }
}
