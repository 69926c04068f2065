package io.backstop.circuit;

import io.backstop.config.Policies;
import io.backstop.config.ScopePolicy;
import java.util.function.Predicate;

/** The rules of one scope as they are now. Thread-safe. */
final class CurrentRules {
  private record Known(ScopePolicy policy, CircuitRules rules) {}

  private final String scope;
  private final Policies policies;
  private final Predicate<String> hasHealthCall;
  private volatile Known known;

  CurrentRules(String scope, Policies policies, Predicate<String> hasHealthCall) {
    this.scope = scope;
    this.policies = policies;
    this.hasHealthCall = hasHealthCall;
  }

  CircuitRules get() {
    ScopePolicy policy = policies.of(scope);
    Known last = known;
    if (last == null || last.policy() != policy) {
      last = new Known(policy, CircuitRules.of(policy, hasHealthCall.test(scope)));
      known = last;
    }
    return last.rules();
  }
}
