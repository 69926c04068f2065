package io.backstop.executor;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;

/** All targets of this process by name. Immutable. */
public final class Targets {
  private final Map<String, ActionExecutor> executors;

  private Targets(Map<String, ActionExecutor> executors) {
    this.executors = executors;
  }

  /**
   * The built-in targets and those that stand on the class path.
   *
   * @throws IllegalArgumentException when two executors serve one target
   */
  public static Targets load() {
    return of(ServiceLoader.load(ActionExecutor.class).stream().map(p -> p.get()).toList());
  }

  /**
   * @throws IllegalArgumentException when two executors serve one target
   */
  public static Targets of(Collection<? extends ActionExecutor> executors) {
    Map<String, ActionExecutor> byName = new TreeMap<>();
    for (ActionExecutor executor : executors) {
      ActionExecutor other = byName.putIfAbsent(executor.target().name(), executor);
      if (other != null) {
        throw new IllegalArgumentException(
            "target %s is served twice: by %s and by %s; remove one"
                .formatted(
                    executor.target().name(),
                    other.getClass().getName(),
                    executor.getClass().getName()));
      }
    }
    return new Targets(byName);
  }

  public Optional<ActionExecutor> find(String target) {
    return Optional.ofNullable(executors.get(target));
  }

  /** Names in alphabetical order. */
  public Set<String> names() {
    return executors.keySet();
  }

  /** Names of those that can be a step of a strategy, in alphabetical order. */
  public List<String> fallbacks() {
    return executors.values().stream()
        .filter(ActionExecutor::servesAsFallback)
        .map(executor -> executor.target().name())
        .toList();
  }

  public Collection<ActionExecutor> all() {
    return executors.values();
  }
}
