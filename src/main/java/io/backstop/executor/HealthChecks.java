package io.backstop.executor;

import io.backstop.action.HealthProbe;
import io.backstop.config.BackstopConfig;
import io.backstop.config.ServiceAccess;
import io.backstop.config.UnconfiguredService;
import io.backstop.executor.auth.Credentials;
import io.backstop.executor.http.HttpTransport;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** The health checks of the services that have one, made once at start. Immutable. */
public final class HealthChecks {
  private final Map<String, HealthProbe> byService = new HashMap<>();

  /**
   * @param credentials makes a service's credentials from its name and settings; asked once for
   *     each service that has a check
   */
  public HealthChecks(
      Targets targets,
      BackstopConfig config,
      BiFunction<String, ServiceAccess, Credentials> credentials,
      HttpTransport http) {
    for (ActionExecutor executor : targets.all()) {
      String name = executor.target().service();
      Optional<HealthCheck> check = executor.healthCheck();
      if (check.isPresent() && !byService.containsKey(name)) {
        ServiceAccess service =
            Optional.<ServiceAccess>ofNullable(config.services().get(name))
                .orElse(UnconfiguredService.INSTANCE);
        byService.put(
            name,
            new ServiceProbe(name, check.get(), service, credentials.apply(name, service), http));
      }
    }
  }

  /**
   * The check of the scope's service; empty where it has none.
   *
   * @param scope a service, or a target: {@code notion} or {@code notion:query}
   */
  public Optional<HealthProbe> of(String scope) {
    int colon = scope.indexOf(':');
    return Optional.ofNullable(byService.get(colon < 0 ? scope : scope.substring(0, colon)));
  }
}
