package io.backstop.replay;

import io.backstop.action.CircuitRecord;
import io.backstop.action.CircuitState;
import io.backstop.action.KeptOperation;
import io.backstop.action.OperationKind;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Whether a circuit stands in the way of a replay: replayed requests would only come back as dead
 * letters, or take the probes of a service that recovers.
 */
final class CircuitGuard {
  private static final Set<CircuitState> CLOSED_TO_CALLS =
      EnumSet.of(CircuitState.OPEN, CircuitState.HALF_OPEN, CircuitState.FORCED_OPEN);

  private final UnaryOperator<String> scope;
  private final Function<String, CircuitRecord> circuits;

  /**
   * @param scope the scope that a target is called under
   * @param circuits what is decided of a scope's circuit; null for one that never opened
   */
  CircuitGuard(UnaryOperator<String> scope, Function<String, CircuitRecord> circuits) {
    this.scope = scope;
    this.circuits = circuits;
  }

  /** The first circuit that stands in the way, for a person. */
  Optional<String> obstacle(KeptOperation operation) {
    if (operation.getStatus().getKind() != OperationKind.REPLAY) {
      return Optional.empty();
    }
    Collection<String> targets =
        operation.getTo() == null
            ? operation.getStatus().getTargets().keySet()
            : Set.of(operation.getTo());
    Set<String> scopes = new TreeSet<>();
    targets.forEach(target -> scopes.add(scope.apply(target)));
    return scopes.stream().flatMap(each -> obstacle(each).stream()).findFirst();
  }

  private Optional<String> obstacle(String name) {
    return Optional.ofNullable(circuits.apply(name))
        .filter(circuit -> CLOSED_TO_CALLS.contains(circuit.getStatus().getState()))
        .map(
            circuit ->
                "the circuit of %s is %s, so its calls would be refused: replay the rest when it is"
                        .formatted(name, circuit.getStatus().getState())
                    + " CLOSED");
  }
}
