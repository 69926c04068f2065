package io.backstop.retry;

import io.backstop.action.FailedAttempt;
import io.backstop.action.FailureClass;
import io.backstop.action.RetryDecision;
import io.backstop.action.RetryRule;
import io.backstop.config.Policies;
import io.backstop.config.RetrySettings;
import io.backstop.metrics.ActionMetrics;
import io.backstop.metrics.Metric;
import io.micrometer.core.instrument.Counter;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The retries of one scope. Settings are looked up at each decision, because a command can change
 * them; a changed budget window starts the budget anew.
 */
final class ScopeRetryRule implements RetryRule {
  private static final long LONGEST_WAIT_MS = Duration.ofDays(3_650).toMillis();

  private final String scope;
  private final Policies policies;
  private final Supplier<RandomGenerator> random;
  private final Counter retries;
  private final Counter overBudget;
  private Duration window = Duration.ZERO;
  private RetryBudget budget;

  ScopeRetryRule(
      String scope, Policies policies, Supplier<RandomGenerator> random, ActionMetrics metrics) {
    this.scope = scope;
    this.policies = policies;
    this.random = random;
    this.retries = metrics.counter(Metric.RETRIES, scope);
    this.overBudget = metrics.counter(Metric.RETRIES_OVER_BUDGET, scope);
  }

  /** Retries that the budget would still allow. */
  synchronized long budgetLeft(long now) {
    RetrySettings settings = settings();
    return budget(settings).left(settings.budgetShare(), settings.budgetFloor(), now);
  }

  @Override
  public synchronized void firstAttempt(long now) {
    budget(settings()).firstAttempt(now);
  }

  @Override
  public RetryDecision decide(FailedAttempt failed, long now) {
    RetrySettings settings = settings();
    if (!settings.failureClasses().contains(failed.failureClass())) {
      return never(
          "%s is not retried: it is not in retry.failure-classes of %s",
          failed.failureClass(), scope);
    }
    if (failed.attempts() >= settings.maxAttempts()) {
      return usedUp(settings.maxAttempts());
    }
    long wait = wait(failed, settings);
    return tooLate(failed, settings, now, wait)
        .or(() -> overBudget(failed, settings, now))
        .orElseGet(() -> at(now + wait));
  }

  private RetryDecision at(long due) {
    retries.increment();
    return new RetryDecision.At(due);
  }

  /** The service's own word wins over ours, even where it is the longer or the shorter one. */
  private long wait(FailedAttempt failed, RetrySettings settings) {
    return failed
        .retryAfter()
        .map(ScopeRetryRule::milliseconds)
        .orElseGet(() -> RetryDelay.of(settings, failed.attempts(), random.get().nextDouble()));
  }

  private static Optional<RetryDecision> tooLate(
      FailedAttempt failed, RetrySettings settings, long now, long wait) {
    long total = now + wait - failed.firstStartedAt();
    long maxTotal = milliseconds(settings.maxTotalTime());
    if (total > maxTotal) {
      return Optional.of(
          never(
              "the next attempt would be due %s after the start of the first one, and"
                  + " retry.max-total-time is %s",
              ReadableTime.of(total), ReadableTime.of(maxTotal)));
    }
    if (failed.deadline().isPresent() && now + wait >= failed.deadline().getAsLong()) {
      return Optional.of(
          never(
              "the next attempt would be due after the deadline: it would be due in %s, and the"
                  + " deadline is in %s",
              ReadableTime.of(wait), ReadableTime.of(failed.deadline().getAsLong() - now)));
    }
    return Optional.empty();
  }

  private Optional<RetryDecision> overBudget(
      FailedAttempt failed, RetrySettings settings, long now) {
    if (isBoundedByThePause(failed)) {
      return Optional.empty();
    }
    long firsts;
    synchronized (this) {
      if (budget(settings).tryRetry(settings.budgetShare(), settings.budgetFloor(), now)) {
        return Optional.empty();
      }
      firsts = budget.firstAttempts();
    }
    overBudget.increment();
    return Optional.of(
        never(
            "the retry budget of %s is used up: %s%% of %d first attempts in the last %s, at least %d",
            scope,
            percent(settings.budgetShare()),
            firsts,
            ReadableTime.of(settings.budgetWindow().toMillis()),
            settings.budgetFloor()));
  }

  /** The service said when to come back, and until then every instance pauses. */
  private static boolean isBoundedByThePause(FailedAttempt failed) {
    return failed.retryAfter().isPresent() || failed.failureClass() == FailureClass.RATE_LIMITED;
  }

  private RetryBudget budget(RetrySettings settings) {
    if (!settings.budgetWindow().equals(window)) {
      window = settings.budgetWindow();
      budget = new RetryBudget(window.toMillis());
    }
    return budget;
  }

  private RetrySettings settings() {
    return policies.of(scope).retry();
  }

  private static RetryDecision usedUp(int attempts) {
    return attempts == 1
        ? never("the only attempt is used up")
        : never("all %d attempts are used up", attempts);
  }

  private static RetryDecision never(String reason, Object... values) {
    return new RetryDecision.Never(reason.formatted(values));
  }

  private static String percent(double share) {
    return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString();
  }

  /** Never negative, and short enough to be added to a time. */
  private static long milliseconds(Duration wait) {
    return wait.getSeconds() >= LONGEST_WAIT_MS / 1_000
        ? LONGEST_WAIT_MS
        : Math.max(0, wait.toMillis());
  }
}
