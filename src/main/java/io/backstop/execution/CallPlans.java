package io.backstop.execution;

import io.backstop.action.Priority;
import io.backstop.config.BackstopConfig;
import io.backstop.config.Policies;
import io.backstop.config.ServiceAccess;
import io.backstop.config.UnconfiguredService;
import io.backstop.execution.WaitingDepths.LaneName;
import io.backstop.executor.ActionExecutor;
import io.backstop.executor.Targets;
import io.backstop.executor.auth.Credentials;
import io.backstop.executor.http.HttpTransport;
import io.backstop.metrics.ActionMetrics;
import io.backstop.metrics.Metric;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * How each target of this process is called, made once at start. Immutable; what it hands out is
 * shared.
 */
public final class CallPlans {

  /** One target and the scope that it is called under. */
  record CallPlan(ActionExecutor executor, ServicePlan service) {}

  private final Map<String, CallPlan> byTarget = new HashMap<>();
  private final Map<String, ServicePlan> byScope = new HashMap<>();
  private final HttpTransport http;
  private final CallGuards guards;
  private final ActionMetrics metrics;
  private final WaitingDepths depths = new WaitingDepths();

  /**
   * @param credentials makes a service's credentials from its name and settings
   */
  public CallPlans(
      Targets targets,
      BackstopConfig config,
      BiFunction<String, ServiceAccess, Credentials> credentials,
      HttpTransport http,
      CallGuards guards,
      ActionMetrics metrics) {
    this.http = http;
    this.guards = guards;
    this.metrics = metrics;
    for (ActionExecutor executor : targets.all()) {
      String service = executor.target().service();
      ServicePlan plan =
          byScope.computeIfAbsent(
              guards.policies().scope(executor.target().name()),
              scope -> plan(scope, service, config, credentials));
      byTarget.put(executor.target().name(), new CallPlan(executor, plan));
    }
    byScope.values().forEach(plan -> show(plan));
    byTarget.keySet().forEach(each -> metrics.gauge(Metric.HELD, () -> depths.held(each), each));
  }

  /** Null for a target that this process does not know (any more). */
  CallPlan of(String target) {
    return byTarget.get(target);
  }

  /** Whether a target can be a fallback step, and so has a topic. */
  boolean servesAsFallback(String target) {
    CallPlan plan = byTarget.get(target);
    return plan != null && plan.executor().servesAsFallback();
  }

  /** Null for a scope that no target of this process is called under (any more). */
  ServicePlan ofScope(String scope) {
    return byScope.get(scope);
  }

  /** Whether any target of this process is called under a scope. */
  public boolean knowsScope(String scope) {
    return byScope.containsKey(scope);
  }

  /** The scope that a target is called under, also of a target that is not known. */
  String scope(String target) {
    return guards.policies().scope(target);
  }

  Collection<ServicePlan> services() {
    return byScope.values();
  }

  CallGuards guards() {
    return guards;
  }

  /** A call of a scope is made again after a crash. */
  void repeats(String scope) {
    metrics.counter(Metric.CALLS_REPEATED, scope).increment();
  }

  /** What waits in all tasks. */
  WaitingDepths depths() {
    return depths;
  }

  HttpTransport http() {
    return http;
  }

  private void show(ServicePlan plan) {
    String scope = plan.name();
    metrics.counter(Metric.CALLS_REPEATED, scope);
    metrics.gauge(Metric.CALLS_LIMIT, () -> plan.policy().get().maxConcurrentCalls(), scope);
    for (Priority priority : Priority.values()) {
      String name = priority.name();
      LaneName lane = new LaneName(scope, priority);
      metrics.gauge(Metric.CALLS_IN_FLIGHT, () -> plan.inFlight().of(priority), scope, name);
      metrics.gauge(Metric.WAITING, () -> depths.waiting(lane), scope, name);
      metrics.gauge(Metric.WAITING_AGE, () -> depths.ageSeconds(lane, metrics.now()), scope, name);
    }
  }

  private ServicePlan plan(
      String scope,
      String service,
      BackstopConfig config,
      BiFunction<String, ServiceAccess, Credentials> credentials) {
    ServiceAccess settings =
        Optional.<ServiceAccess>ofNullable(config.services().get(service))
            .orElse(UnconfiguredService.INSTANCE);
    int starvationTurn = config.execution().starvationTurn();
    Policies policies = guards.policies();
    var slowStart = new SlowStart(config.execution().slowStart());
    return new ServicePlan(
        scope,
        settings,
        credentials.apply(service, settings),
        () -> policies.of(scope),
        slowStart,
        new ServiceSlots(() -> slowStart.limit(policies.of(scope)), starvationTurn),
        new CallCount(),
        new RateTurns(starvationTurn),
        guards.circuits().apply(scope),
        guards.rates().apply(scope),
        guards.retries().apply(scope));
  }
}
