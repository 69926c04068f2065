package io.backstop.config;

import io.backstop.action.FailureClass;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** Values of its own for one service or target; see {@link RetryConfig}. */
public interface RetryOverrides {

  @Doc("As backstop.retry.strategy.")
  Optional<Backoff> strategy();

  @Doc("As backstop.retry.initial-delay.")
  Optional<Duration> initialDelay();

  @Doc("As backstop.retry.factor.")
  OptionalDouble factor();

  @Doc("As backstop.retry.max-delay.")
  Optional<Duration> maxDelay();

  @Doc("As backstop.retry.jitter.")
  Optional<Jitter> jitter();

  @Doc("As backstop.retry.max-attempts.")
  OptionalInt maxAttempts();

  @Doc("As backstop.retry.max-total-time.")
  Optional<Duration> maxTotalTime();

  @Doc("As backstop.retry.failure-classes.")
  Optional<Set<FailureClass>> failureClasses();

  @Doc("As backstop.retry.budget-share.")
  OptionalDouble budgetShare();

  @Doc("As backstop.retry.budget-window.")
  Optional<Duration> budgetWindow();

  @Doc("As backstop.retry.budget-floor.")
  OptionalInt budgetFloor();
}
