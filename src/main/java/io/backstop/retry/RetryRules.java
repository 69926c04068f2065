package io.backstop.retry;

import io.backstop.action.RetryRule;
import io.backstop.config.Policies;
import io.backstop.metrics.ActionMetrics;
import io.backstop.metrics.Metric;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The retry rules of all scopes in this process. Thread-safe. */
public final class RetryRules {
  private final Policies policies;
  private final Supplier<RandomGenerator> random;
  private final ActionMetrics metrics;
  private final Map<String, RetryRule> rules = new ConcurrentHashMap<>();

  /**
   * @param random asked at each decision, on the thread that decides
   */
  public RetryRules(Policies policies, Supplier<RandomGenerator> random, ActionMetrics metrics) {
    this.policies = policies;
    this.random = random;
    this.metrics = metrics;
  }

  /**
   * The rule of one scope; always the same object for the same scope.
   *
   * @param scope a service, or a target with settings of its own
   */
  public RetryRule of(String scope) {
    RetryRule known = rules.get(scope);
    return known != null ? known : rules.computeIfAbsent(scope, this::newRule);
  }

  private RetryRule newRule(String scope) {
    ScopeRetryRule rule = new ScopeRetryRule(scope, policies, random, metrics);
    metrics.gauge(Metric.RETRY_BUDGET, () -> rule.budgetLeft(metrics.now()), scope);
    return rule;
  }
}
