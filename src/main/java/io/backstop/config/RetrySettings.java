package io.backstop.config;

import io.backstop.action.FailureClass;
import java.time.Duration;
import java.util.Set;

/** How failed calls of one scope are repeated; the fields are those of {@link RetryConfig}. */
public record RetrySettings(
    Backoff strategy,
    Duration initialDelay,
    double factor,
    Duration maxDelay,
    Jitter jitter,
    int maxAttempts,
    Duration maxTotalTime,
    Set<FailureClass> failureClasses,
    double budgetShare,
    Duration budgetWindow,
    int budgetFloor) {

  static RetrySettings of(RetryConfig config) {
    return new RetrySettings(
        config.strategy(),
        config.initialDelay(),
        config.factor(),
        config.maxDelay(),
        config.jitter(),
        config.maxAttempts(),
        config.maxTotalTime(),
        Set.copyOf(config.failureClasses()),
        config.budgetShare(),
        config.budgetWindow(),
        config.budgetFloor());
  }

  RetrySettings with(RetryOverrides own) {
    return new RetrySettings(
        own.strategy().orElse(strategy),
        own.initialDelay().orElse(initialDelay),
        own.factor().orElse(factor),
        own.maxDelay().orElse(maxDelay),
        own.jitter().orElse(jitter),
        own.maxAttempts().orElse(maxAttempts),
        own.maxTotalTime().orElse(maxTotalTime),
        own.failureClasses().map(Set::copyOf).orElse(failureClasses),
        own.budgetShare().orElse(budgetShare),
        own.budgetWindow().orElse(budgetWindow),
        own.budgetFloor().orElse(budgetFloor));
  }
}
