package io.backstop.execution;

import io.backstop.action.Outcome;
import io.backstop.config.CircuitSettings;
import io.backstop.config.ScopePolicy;
import io.backstop.config.TripRule;

/**
 * How many calls a service may have in flight while nothing is known of it: as many failures as it
 * takes to open its circuit, and one more for each call that it answers. So a service that hangs is
 * not given hundreds of calls before the first of them times out, and one that has just recovered
 * is not met with all of them at once; a healthy one is at its full limit after a few of its
 * response times. Thread-safe: tasks of several stream threads meet here.
 */
final class SlowStart {
  private final boolean enabled;
  private int answered;

  /**
   * @param enabled false: the full limit from the first call on
   */
  SlowStart(boolean enabled) {
    this.enabled = enabled;
  }

  /** Calls that may be in flight at once now. */
  synchronized int limit(ScopePolicy policy) {
    if (!enabled) {
      return policy.maxConcurrentCalls();
    }
    // not added up before it is compared: nobody bounds the settings together
    int first = Math.min(evidence(policy.circuit()), policy.maxConcurrentCalls());
    int more = Math.min(answered, policy.maxConcurrentCalls() - first);
    return first + more;
  }

  /** Takes over how a call ended. */
  synchronized void ended(Outcome outcome) {
    boolean isAnswer = outcome instanceof Outcome.Succeeded || outcome instanceof Outcome.Permanent;
    if (isAnswer && answered < Integer.MAX_VALUE) {
      answered++;
    }
  }

  /** The circuit is open: what the service did before says nothing any more. */
  synchronized void startAgain() {
    answered = 0;
  }

  private static int evidence(CircuitSettings circuit) {
    return circuit.tripOn().stream()
        .mapToInt(
            rule ->
                rule == TripRule.CONSECUTIVE_FAILURES
                    ? circuit.failureThreshold()
                    : circuit.minCalls())
        .min()
        .orElse(circuit.failureThreshold());
  }
}
