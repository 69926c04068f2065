package io.backstop.circuit;

import static io.backstop.action.CircuitState.CLOSED;
import static io.backstop.action.CircuitState.DISABLED;
import static io.backstop.action.CircuitState.FORCED_OPEN;
import static io.backstop.action.CircuitState.HALF_OPEN;
import static io.backstop.action.CircuitState.OPEN;
import static io.backstop.action.CircuitState.UNKNOWN;

import io.backstop.action.CircuitState;
import java.util.Map;
import java.util.Set;

/** The transition table of a circuit. CLOSED to CLOSED is a reset: everything starts afresh. */
final class CircuitMoves {
  private static final Map<CircuitState, Set<CircuitState>> ALLOWED =
      Map.of(
          CLOSED, Set.of(CLOSED, OPEN, FORCED_OPEN, DISABLED),
          OPEN, Set.of(CLOSED, HALF_OPEN, FORCED_OPEN, DISABLED),
          HALF_OPEN, Set.of(CLOSED, OPEN, FORCED_OPEN, DISABLED),
          FORCED_OPEN, Set.of(CLOSED, DISABLED),
          DISABLED, Set.of(CLOSED, FORCED_OPEN),
          UNKNOWN, Set.of(CLOSED, FORCED_OPEN, DISABLED));

  private CircuitMoves() {}

  /**
   * @throws IllegalStateException naming both states, when no arrow leads from one to the other
   */
  static void check(CircuitState from, CircuitState to) {
    if (!ALLOWED.get(from).contains(to)) {
      throw new IllegalStateException("a circuit cannot go from " + from + " to " + to);
    }
  }
}
