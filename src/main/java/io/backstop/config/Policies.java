package io.backstop.config;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The policy of every scope as it is now: as configured, and changed by commands since. A scope is
 * a service, or a target with settings of its own. Thread-safe.
 */
public final class Policies {
  private final BackstopConfig config;
  private final Set<String> ownScopes = new HashSet<>();
  private final Map<String, Map<String, String>> changes = new ConcurrentHashMap<>();
  private final Map<String, ScopePolicy> policies = new ConcurrentHashMap<>();

  public Policies(BackstopConfig config) {
    this.config = config;
    ScopePolicy ofAll = ScopePolicy.of(config);
    config
        .targets()
        .forEach(
            (target, own) -> {
              ScopePolicy ofService = withService(ofAll, target);
              // what says the same as all others may still be another than its service says
              if (!ofAll.equals(ofAll.with(own)) || !ofService.equals(ofService.with(own))) {
                ownScopes.add(target);
              }
            });
  }

  /**
   * Under which scope a target is called.
   *
   * @param target {@code service:operation}
   */
  public String scope(String target) {
    return ownScopes.contains(target) ? target : service(target);
  }

  /** The policy of a scope now; look it up again rather than keep it. */
  public ScopePolicy of(String scope) {
    ScopePolicy known = policies.get(scope);
    return known != null
        ? known
        : policies.computeIfAbsent(scope, s -> policy(s, changes.getOrDefault(s, Map.of())));
  }

  /**
   * Takes over what commands have changed in a scope, all of it each time.
   *
   * @param settings keys as below {@code backstop.services.<service>}; empty for as configured
   * @throws StartupException when they are not allowed; nothing has changed then
   */
  public void change(String scope, Map<String, String> settings) {
    ScopePolicy changed = policy(scope, settings);
    // let in under another configuration, perhaps
    if (!changed.contradictions().isEmpty()) {
      throw new StartupException(String.join("; ", changed.contradictions()));
    }
    changes.put(scope, Map.copyOf(settings));
    policies.put(scope, changed);
  }

  /** What is wrong with such changes, one sentence each; empty when they are allowed. */
  public List<String> problems(String scope, Map<String, String> settings) {
    Optional<String> fixed =
        settings.keySet().stream().filter(k -> k.startsWith("cache.")).findAny();
    if (fixed.isPresent()) {
      return List.of(
          fixed.get()
              + " cannot be changed by command: set it in the configuration of each instance");
    }
    try {
      return policy(scope, settings).contradictions();
    } catch (StartupException e) {
      return List.of(e.getMessage());
    }
  }

  private ScopePolicy policy(String scope, Map<String, String> settings) {
    ScopePolicy configured = withService(ScopePolicy.of(config), scope);
    TargetConfig target = config.targets().get(scope);
    if (target != null) {
      configured = configured.with(target);
    }
    Optional<ScopeOverrides> changed = parsed(settings);
    return changed.isPresent() ? configured.with(changed.get()) : configured;
  }

  private ScopePolicy withService(ScopePolicy ofAll, String scope) {
    ServiceConfig service = config.services().get(service(scope));
    return service == null ? ofAll : ofAll.with(service);
  }

  private static Optional<ScopeOverrides> parsed(Map<String, String> settings) {
    if (settings.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> keys = new HashMap<>();
    settings.forEach((key, value) -> keys.put("backstop.targets.changed." + key, value));
    return Optional.ofNullable(
        ConfigLoader.ignoringProcess().load(Optional.empty(), keys).targets().get("changed"));
  }

  private static String service(String scope) {
    int colon = scope.indexOf(':');
    return colon < 0 ? scope : scope.substring(0, colon);
  }
}
