package io.backstop.replay;

import io.backstop.action.CircuitRecord;
import io.backstop.action.CircuitState;
import io.backstop.action.KeptOperation;
import io.backstop.action.OperationKind;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Whether the targets of a replay stand in its way. An open circuit stops it: replayed requests
 * would only come back as dead letters, or take the probes of a service that recovers. A paused
 * target only makes them wait.
 */
final class TargetGuard {
  private static final Set<CircuitState> CLOSED_TO_CALLS =
      EnumSet.of(CircuitState.OPEN, CircuitState.HALF_OPEN, CircuitState.FORCED_OPEN);

  private final UnaryOperator<String> scope;
  private final Function<String, CircuitRecord> circuits;
  private final Predicate<String> paused;

  /**
   * @param scope the scope that a target is called under
   * @param circuits what is decided of a scope's circuit; null for one that never opened
   * @param paused whether a target is, by an operator
   */
  TargetGuard(
      UnaryOperator<String> scope,
      Function<String, CircuitRecord> circuits,
      Predicate<String> paused) {
    this.scope = scope;
    this.circuits = circuits;
    this.paused = paused;
  }

  /** The first circuit that stands in the way, for a person. */
  Optional<String> obstacle(KeptOperation operation) {
    return open(operation)
        .map(
            name ->
                "the circuit of %s is %s, so its calls would be refused: replay the rest when it is"
                        .formatted(name, state(name))
                    + " CLOSED")
        .findFirst();
  }

  /**
   * What keeps requests that are under way from ending, for a person; empty where none is known.
   */
  Optional<String> holdup(KeptOperation operation) {
    Stream<String> targets =
        targets(operation).filter(paused).map(target -> "target %s is paused".formatted(target));
    Stream<String> circuits =
        open(operation).map(name -> "the circuit of %s is %s".formatted(name, state(name)));
    return Stream.concat(targets, circuits).reduce((one, other) -> one + ", " + other);
  }

  private static Stream<String> targets(KeptOperation operation) {
    if (operation.getStatus().getKind() != OperationKind.REPLAY) {
      return Stream.empty();
    }
    return operation.getTo() == null
        ? operation.getStatus().getTargets().keySet().stream().sorted()
        : Stream.of(operation.getTo());
  }

  /** Scopes whose circuit lets no calls through. */
  private Stream<String> open(KeptOperation operation) {
    return targets(operation)
        .map(scope)
        .distinct()
        .sorted()
        .filter(name -> CLOSED_TO_CALLS.contains(state(name)));
  }

  private CircuitState state(String name) {
    CircuitRecord circuit = circuits.apply(name);
    return circuit == null ? CircuitState.CLOSED : circuit.getStatus().getState();
  }
}
