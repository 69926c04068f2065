package io.backstop.circuit;

import io.backstop.action.CircuitStatus;
import java.util.List;

/**
 * What became of a circuit through one event.
 *
 * @param status the status now; the very same object where the event changed nothing
 * @param effects in the order in which they came about; empty where only a count has changed
 */
record Transition(CircuitStatus status, List<CircuitEffect> effects) {
  Transition {
    effects = List.copyOf(effects);
  }
}
