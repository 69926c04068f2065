package io.backstop.execution;

import io.backstop.action.Attempt;
import io.backstop.action.AttemptOutcome;
import io.backstop.action.CachedResult;
import io.backstop.action.FailedAttempt;
import io.backstop.action.FailureClass;
import io.backstop.action.Outcome;
import io.backstop.action.ResultCache;
import io.backstop.action.RetryDecision;
import io.backstop.action.ServedFromCache;
import io.backstop.action.TerminalOutcome;
import io.backstop.action.Work;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What follows when a call has failed or was refused: another attempt, else an earlier result, else
 * the dead letters.
 */
final class NextStep {
  private final ResultCache cache;

  NextStep(ResultCache cache) {
    this.cache = cache;
  }

  /**
   * Whether the call is repeated.
   *
   * @param work with the failed attempt in its history
   */
  static RetryDecision retry(ServicePlan service, Work work, Outcome outcome, long now) {
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

  /**
   * The end of work that is not repeated.
   *
   * @param noMore why not; empty where it never would be
   */
  TerminalOutcome onward(Work work, String noMore, long now) {
    if (mayPass(work.lastAttempt())) {
      Optional<CachedResult> cached = cache.find(work, now);
      if (cached.isPresent()) {
        Attempt last = work.lastAttempt();
        String reason = last.getFailureClass() + ": " + last.getMessage();
        return new TerminalOutcome.Done(
            work, ServedFromCache.result(work, cached.get(), work.attempts(), reason, now));
      }
    }
    return Verdict.failed(work, noMore);
  }

  /** An earlier result stands in for a service that is away, not for a request that is wrong. */
  private static boolean mayPass(Attempt last) {
    AttemptOutcome outcome = last.getOutcome();
    return outcome == AttemptOutcome.RETRYABLE
        || outcome == AttemptOutcome.TIMED_OUT
        || last.getFailureClass() == FailureClass.CIRCUIT_OPEN;
  }
}
