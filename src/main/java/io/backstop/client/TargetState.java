package io.backstop.client;

import io.backstop.action.CircuitState;
import io.backstop.action.CircuitStatus;
import io.backstop.action.FleetKey;
import io.backstop.action.FleetState;
import io.backstop.action.TargetPause;
import io.backstop.config.Policies;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Whether a target is called now, and how fast.
 *
 * @param scope the service, or the target itself where it has settings of its own; targets of one
 *     scope share its limit
 * @param circuit CLOSED where the fleet has decided nothing
 * @param pause where an operator has paused the target
 * @param callsPerSecond of the whole fleet; empty for no limit
 */
public record TargetState(
    String scope,
    CircuitState circuit,
    Optional<TargetPause> pause,
    OptionalDouble callsPerSecond) {

  /**
   * @param policies as commands have changed them, see {@link #applyChanges}
   * @param states everything decided, by record key
   */
  public static TargetState of(String target, Policies policies, Map<String, FleetState> states) {
    String scope = policies.scope(target);
    return new TargetState(
        scope,
        Optional.ofNullable(states.get(FleetKey.CIRCUIT.of(scope)))
            .map(FleetState::getCircuit)
            .map(CircuitStatus::getState)
            .orElse(CircuitState.CLOSED),
        Optional.ofNullable(states.get(FleetKey.PAUSE.of(target))).map(FleetState::getPause),
        policies.of(scope).callsPerSecond());
  }

  /** Takes over what commands have changed in the settings. */
  public static void applyChanges(Policies policies, Map<String, FleetState> states) {
    states.forEach(
        (key, state) -> {
          if (FleetKey.SETTINGS.matches(key) && state.getSettings() != null) {
            policies.change(FleetKey.SETTINGS.scope(key), state.getSettings().getSettings());
          }
        });
  }

  /** Whether calls are made as they come: neither none nor only probes. */
  public boolean takesCalls() {
    return circuit == CircuitState.CLOSED || circuit == CircuitState.DISABLED;
  }
}
