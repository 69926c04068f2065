package io.backstop.execution;

import io.backstop.action.Priority;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whose turn it is among the priorities that wait for one service: the highest, unless a lower one
 * has been passed over {@code starvationTurn} times in a row. So LOW and MEDIUM are late, but never
 * starved.
 */
final class PriorityTurn {
  private static final List<Priority> HIGHEST_FIRST =
      List.of(Priority.HIGH, Priority.MEDIUM, Priority.LOW);

  private final int starvationTurn;
  private final Map<Priority, Integer> passedOver = new EnumMap<>(Priority.class);

  /**
   * @param starvationTurn at least 2: with 1 the two lower ones would take every turn between them
   */
  PriorityTurn(int starvationTurn) {
    if (starvationTurn < 2) {
      throw new IllegalArgumentException("starvation turn " + starvationTurn + " is less than 2");
    }
    this.starvationTurn = starvationTurn;
  }

  /**
   * @param waiting the priorities that have work waiting, at least one
   */
  Priority next(Set<Priority> waiting) {
    Priority chosen = null;
    int longest = starvationTurn - 1;
    for (Priority priority : HIGHEST_FIRST) {
      if (waiting.contains(priority)) {
        int passed = passedOver.getOrDefault(priority, 0);
        if (chosen == null) {
          chosen = priority;
        } else if (passed > longest) {
          chosen = priority;
          longest = passed;
        }
      }
    }
    if (chosen == null) {
      throw new IllegalArgumentException("nothing is waiting");
    }
    for (Priority priority : HIGHEST_FIRST) {
      boolean passed = priority != chosen && waiting.contains(priority);
      passedOver.put(priority, passed ? passedOver.getOrDefault(priority, 0) + 1 : 0);
    }
    return chosen;
  }
}
