package io.backstop.demo;

import io.backstop.action.ActionEvent;
import io.backstop.action.CallStatistics;
import io.backstop.action.CircuitState;
import io.backstop.action.EventType;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Shows each change of a circuit when it is read, and counts them. Thread-safe. */
final class CircuitTimeline {
  private static final Set<EventType> SHOWN =
      Set.of(
          EventType.CIRCUIT_OPENED,
          EventType.CIRCUIT_HALF_OPEN,
          EventType.CIRCUIT_CLOSED,
          EventType.CIRCUIT_FORCED_OPEN,
          EventType.CIRCUIT_DISABLED);

  private final StampedLines lines;
  private CircuitChanges changes = CircuitChanges.NONE;
  private final Map<String, CircuitState> states = new HashMap<>();

  CircuitTimeline(StampedLines lines) {
    this.lines = lines;
  }

  /** Takes any event; those of requests, and those before the start of the lines, say nothing. */
  synchronized void accept(ActionEvent event) {
    if (!SHOWN.contains(event.getType()) || lines.isBeforeStart(event.getAt())) {
      return;
    }
    states.put(event.getScope(), event.getCircuit().getState());
    changes =
        new CircuitChanges(
            changes.opened() + (event.getType() == EventType.CIRCUIT_OPENED ? 1 : 0),
            changes.closed() + (event.getType() == EventType.CIRCUIT_CLOSED ? 1 : 0));
    lines.say(event.getAt(), text(event));
  }

  synchronized CircuitChanges changes() {
    return changes;
  }

  /** Whether calls are made as ever, by the latest event. */
  synchronized boolean isClosed(String service) {
    return states.getOrDefault(service, CircuitState.CLOSED) == CircuitState.CLOSED;
  }

  private String text(ActionEvent event) {
    var text = new StringBuilder("CIRCUIT of ").append(event.getScope()).append(": ");
    text.append(event.getPreviousState()).append(" -> ").append(event.getCircuit().getState());
    if (!event.getReason().isEmpty()) {
      text.append(": ").append(event.getReason());
    }
    if (event.getCircuit().getOpenUntil() != null) {
      text.append("; until ").append(lines.stamp(event.getCircuit().getOpenUntil()).strip());
    }
    if (event.getStatistics() != null && event.getStatistics().getCalls() > 0) {
      text.append(statistics(event.getStatistics()));
    }
    return text.toString();
  }

  private static String statistics(CallStatistics calls) {
    return String.format(
        Locale.ROOT,
        " (last %d s: %,d calls, %,d failed, mean %.0f ms, p99 %.0f ms)",
        calls.getWindowMs() / 1000,
        calls.getCalls(),
        calls.getFailures(),
        calls.getMeanMs(),
        calls.getP99Ms());
  }
}
