package io.backstop.execution;

import io.backstop.action.CallRate;
import io.backstop.action.CircuitGate;
import io.backstop.action.RetryRule;
import io.backstop.config.ScopePolicy;
import io.backstop.config.ServiceAccess;
import io.backstop.executor.auth.Credentials;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * How one scope is called: a service, or a target with settings of its own. All tasks of the
 * process share it.
 *
 * @param name of the scope
 * @param policy gives the settings as they are now
 */
record ServicePlan(
    String name,
    ServiceAccess config,
    Credentials credentials,
    Supplier<ScopePolicy> policy,
    SlowStart slowStart,
    ServiceSlots slots,
    CallCount inFlight,
    RateTurns turns,
    CircuitGate circuit,
    CallRate rate,
    RetryRule retry) {

  /** How long a call may take now. */
  Duration timeout() {
    return policy.get().timeout();
  }
}
