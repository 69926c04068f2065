package io.backstop.config;

import io.backstop.action.FailureClass;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Set;

/** How failed calls are repeated; a service or a target can have its own values. */
public interface RetryConfig {

  @Doc(
      "How the wait grows: exponential (initial-delay x factor^n), linear (initial-delay x n),"
          + " fixed, fibonacci (initial-delay x 1, 1, 2, 3, 5 ...), immediate (none).")
  @WithDefault("exponential")
  Backoff strategy();

  @Doc("Wait before the second attempt.")
  @WithDefault("200ms")
  Duration initialDelay();

  @Doc("By how much an exponential wait grows.")
  @WithDefault("2")
  double factor();

  @Doc("Longest wait; a Retry-After of the service may be longer.")
  @WithDefault("30s")
  Duration maxDelay();

  @Doc(
      "full: anything from 0 to the wait. equal: from half of it. none: exactly it, so that what"
          + " failed together returns together.")
  @WithDefault("full")
  Jitter jitter();

  @Doc("Calls to one target at most, the first included; 1 means no retry.")
  @WithDefault("3")
  int maxAttempts();

  @Doc("No further attempt is due later than this after the start of the first one.")
  @WithDefault("5m")
  Duration maxTotalTime();

  @Doc(
      "Failures that are repeated, where the service says that they may pass. One that it calls"
          + " permanent never is.")
  @WithDefault("TIMEOUT,NETWORK,RATE_LIMITED,SERVER_ERROR,CONFLICT,RESOURCE_EXHAUSTED")
  Set<FailureClass> failureClasses();

  @Doc(
      "Retries at most this share of the first attempts within budget-window, so that a failing"
          + " service is not called several times as often; per instance. What the service itself"
          + " put off by Retry-After does not count.")
  @WithDefault("0.2")
  double budgetShare();

  @Doc("Window of the retry budget.")
  @WithDefault("10s")
  Duration budgetWindow();

  @Doc("Retries that are allowed in each window however few the first attempts.")
  @WithDefault("10")
  int budgetFloor();
}
