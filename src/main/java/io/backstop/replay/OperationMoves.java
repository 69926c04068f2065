package io.backstop.replay;

import static io.backstop.action.OperationPhase.ABORTED;
import static io.backstop.action.OperationPhase.CANCELLED;
import static io.backstop.action.OperationPhase.COMPLETED;
import static io.backstop.action.OperationPhase.PAUSED;
import static io.backstop.action.OperationPhase.REFUSED;
import static io.backstop.action.OperationPhase.RUNNING;
import static io.backstop.action.OperationPhase.SELECTING;

import io.backstop.action.OperationPhase;
import java.util.Map;
import java.util.Set;

/** The transition table of an operation. From what is not named here no arrow leads. */
final class OperationMoves {
  private static final Map<OperationPhase, Set<OperationPhase>> ALLOWED =
      Map.of(
          SELECTING, Set.of(RUNNING, REFUSED, ABORTED, CANCELLED),
          RUNNING, Set.of(PAUSED, COMPLETED, ABORTED, CANCELLED),
          PAUSED, Set.of(RUNNING, COMPLETED, CANCELLED));

  private OperationMoves() {}

  /** Whether a phase can be left. */
  static boolean isOpen(OperationPhase phase) {
    return ALLOWED.containsKey(phase);
  }

  /**
   * @throws IllegalStateException naming both phases, when no arrow leads from one to the other
   */
  static void check(OperationPhase from, OperationPhase to) {
    if (!ALLOWED.getOrDefault(from, Set.of()).contains(to)) {
      throw new IllegalStateException("an operation cannot go from " + from + " to " + to);
    }
  }
}
