package io.backstop.execution;

import io.backstop.config.BackstopConfig;
import io.backstop.config.ServiceConfig;
import io.backstop.config.UnconfiguredService;
import io.backstop.executor.ActionExecutor;
import io.backstop.executor.Targets;
import io.backstop.executor.auth.Credentials;
import io.backstop.executor.http.HttpTransport;
import io.backstop.metrics.ActionMetrics;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * How each target of this process is called, made once at start. Immutable; its slots are shared.
 */
public final class CallPlans {

  /** One target and the service that it belongs to. */
  record CallPlan(ActionExecutor executor, ServicePlan service) {}

  private final Map<String, CallPlan> byTarget = new HashMap<>();
  private final Map<String, ServicePlan> byService = new HashMap<>();
  private final HttpTransport http;

  /**
   * @param credentials makes a service's credentials from its name and settings
   */
  public CallPlans(
      Targets targets,
      BackstopConfig config,
      BiFunction<String, ServiceConfig, Credentials> credentials,
      HttpTransport http,
      ActionMetrics metrics) {
    this.http = http;
    for (ActionExecutor executor : targets.all()) {
      ServicePlan service =
          byService.computeIfAbsent(
              executor.target().service(), name -> plan(name, config, credentials));
      byTarget.put(executor.target().name(), new CallPlan(executor, service));
    }
    byService.forEach((name, plan) -> metrics.callsInFlight(name, plan.slots()::inUse));
  }

  /** Null for a target that this process does not know (any more). */
  CallPlan of(String target) {
    return byTarget.get(target);
  }

  Collection<ServicePlan> services() {
    return byService.values();
  }

  HttpTransport http() {
    return http;
  }

  private static ServicePlan plan(
      String name,
      BackstopConfig config,
      BiFunction<String, ServiceConfig, Credentials> credentials) {
    ServiceConfig service = config.services().getOrDefault(name, UnconfiguredService.INSTANCE);
    return new ServicePlan(
        name,
        service,
        credentials.apply(name, service),
        service.timeout().orElse(config.execution().timeout()),
        new ServiceSlots(
            service.maxConcurrentCalls().orElse(config.execution().maxConcurrentCalls())));
  }
}
