package io.backstop.execution;

import io.backstop.action.FailureClass;
import io.backstop.action.Outcome;
import io.backstop.config.CircuitSettings;
import io.backstop.config.ScopePolicy;
import io.backstop.config.TripRule;

/**
 * How many calls a service may have in flight while nothing is known of it: as many failures as it
 * takes to open its circuit. Each call that it answers makes it one more, each failure that counts
 * against it one less. So a service that hangs is not given hundreds of calls before the first of
 * them times out, and none in place of those that have; one that has just recovered is not met with
 * all of them at once; and a healthy one is at its full limit after a few of its response times.
 * Thread-safe: tasks of several stream threads meet here.
 */
final class SlowStart {
  private final boolean enabled;

  /** What answers and failures have added to the first calls; negative when failures prevail. */
  private int balance;

  /**
   * @param enabled false: the full limit from the first call on
   */
  SlowStart(boolean enabled) {
    this.enabled = enabled;
  }

  /** Calls that may be in flight at once now, at least 1. */
  synchronized int limit(ScopePolicy policy) {
    int most = policy.maxConcurrentCalls();
    return enabled ? Math.max(1, Math.min(first(policy) + balance, most)) : most;
  }

  /** Takes over how a call ended. */
  synchronized void ended(Outcome outcome, ScopePolicy policy) {
    int first = first(policy);
    // the limit may have been lowered since
    balance = Math.min(balance, policy.maxConcurrentCalls() - first);
    int now = first + balance;
    if (isAnswer(outcome) && now < policy.maxConcurrentCalls()) {
      balance++;
    } else if (isFailure(outcome, policy.circuit()) && now > 1) {
      balance--;
    }
  }

  /** The circuit is open: what the service did before says nothing any more. */
  synchronized void startAgain() {
    balance = 0;
  }

  private static boolean isAnswer(Outcome outcome) {
    return outcome instanceof Outcome.Succeeded || outcome instanceof Outcome.Permanent;
  }

  private static boolean isFailure(Outcome outcome, CircuitSettings circuit) {
    if (outcome instanceof Outcome.Retryable failed) {
      return circuit.failureClasses().contains(failed.failureClass());
    }
    return outcome instanceof Outcome.TimedOut
        && circuit.failureClasses().contains(FailureClass.TIMEOUT);
  }

  /** A loop and no stream: it is asked twice for every call. */
  private static int first(ScopePolicy policy) {
    CircuitSettings circuit = policy.circuit();
    int fewest = policy.maxConcurrentCalls();
    for (TripRule rule : circuit.tripOn()) {
      fewest = Math.min(fewest, evidence(rule, circuit));
    }
    return fewest;
  }

  private static int evidence(TripRule rule, CircuitSettings circuit) {
    return rule == TripRule.CONSECUTIVE_FAILURES ? circuit.failureThreshold() : circuit.minCalls();
  }
}
