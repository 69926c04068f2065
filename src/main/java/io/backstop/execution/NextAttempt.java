package io.backstop.execution;

import io.backstop.action.FailedAttempt;
import io.backstop.action.Outcome;
import io.backstop.action.RetryDecision;
import io.backstop.action.Work;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Whether a call that has failed is repeated. */
final class NextAttempt {
  private NextAttempt() {}

  /**
   * @param work with the failed attempt in its history
   */
  static RetryDecision decide(ServicePlan service, Work work, Outcome outcome, long now) {
    if (!(outcome instanceof Outcome.Retryable || outcome instanceof Outcome.TimedOut)) {
      return new RetryDecision.Never("");
    }
    if (service.circuit().refuses(now)) {
      return new RetryDecision.Never(
          "no further attempt: the circuit of " + service.name() + " is open");
    }
    FailedAttempt failed =
        new FailedAttempt(
            work.lastAttempt().getFailureClass(),
            AttemptHistory.known(work),
            AttemptHistory.firstStartedAt(work),
            retryAfter(outcome),
            work.request().getDeadline() == null
                ? OptionalLong.empty()
                : OptionalLong.of(work.request().getDeadline().toEpochMilli()));
    return service.retry().decide(failed, now);
  }

  /**
   * How long the service asked to wait, where it did. One that says 0, or names a time that has
   * passed, asked for nothing: backoff and budget hold as ever.
   */
  static Optional<Duration> retryAfter(Outcome outcome) {
    return outcome instanceof Outcome.Retryable retryable
        ? retryable.retryAfter().filter(wait -> wait.compareTo(Duration.ZERO) > 0)
        : Optional.empty();
  }
}
