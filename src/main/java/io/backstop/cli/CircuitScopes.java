package io.backstop.cli;

import io.backstop.action.FleetKey;
import io.backstop.action.FleetState;
import io.backstop.config.BackstopConfig;
import io.backstop.config.NearestName;
import io.backstop.config.Policies;
import io.backstop.executor.Targets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What has a circuit: every service, every target with settings of its own, and whatever else the
 * fleet has decided something about.
 */
final class CircuitScopes {
  private static final List<FleetKey> OF_SCOPES =
      List.of(FleetKey.CIRCUIT, FleetKey.STATISTICS, FleetKey.LIMIT, FleetKey.SETTINGS);

  private CircuitScopes() {}

  /** In alphabetical order. */
  static SortedSet<String> of(
      BackstopConfig config, Targets targets, Map<String, FleetState> states) {
    var policies = new Policies(config);
    var scopes = new TreeSet<String>();
    targets.names().forEach(target -> scopes.add(policies.scope(target)));
    states.keySet().forEach(key -> scope(key).ifPresent(scopes::add));
    return scopes;
  }

  /** The scope that a record key is about. */
  static Optional<String> scope(String key) {
    return OF_SCOPES.stream()
        .filter(each -> each.matches(key))
        .map(each -> each.scope(key))
        .findFirst();
  }

  /** What to say about a name that is none of {@code known}. */
  static String unknown(String name, SortedSet<String> known) {
    String hint =
        NearestName.of(name, known).map(nearest -> "did you mean " + nearest + "? ").orElse("")
            + "known are "
            + String.join(", ", known);
    return "no service '%s' has a circuit: %s".formatted(name, hint);
  }
}
