package io.backstop.replay;

import io.backstop.action.FleetNews;
import io.backstop.action.FleetState;
import io.backstop.action.OperationKind;
import io.backstop.action.OperationPhase;
import io.backstop.action.OperationStatus;
import io.backstop.metrics.ActionMetrics;
import io.backstop.metrics.Metric;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * Shows how far operations are, of the whole fleet, without a series for each of them. Thread-safe.
 */
public final class OperationMeter implements FleetNews {
  private static final Set<OperationPhase> ACTIVE =
      EnumSet.of(OperationPhase.SELECTING, OperationPhase.RUNNING, OperationPhase.PAUSED);
  private static final Map<String, ToLongFunction<OperationStatus>> LETTERS =
      Map.of(
          "selected", OperationStatus::getSelected,
          "released", OperationStatus::getReleased,
          "succeeded", OperationStatus::getSucceeded,
          "failed-again", OperationStatus::getFailedAgain,
          "suppressed", OperationStatus::getSuppressed,
          "passed-over", OperationMeter::passedOver);

  private final Map<String, OperationStatus> active = new ConcurrentHashMap<>();

  public OperationMeter(ActionMetrics metrics) {
    for (OperationKind kind : EnumSet.complementOf(EnumSet.of(OperationKind.UNKNOWN))) {
      for (OperationPhase phase : ACTIVE) {
        metrics.gauge(Metric.OPERATIONS, () -> count(kind, phase), kind.name(), phase.name());
      }
    }
    LETTERS.forEach(
        (state, number) ->
            metrics.gauge(Metric.REPLAY_LETTERS, () -> replays().mapToLong(number).sum(), state));
  }

  /** Takes what is published under {@code operation:<id>}. */
  @Override
  public void changed(String id, FleetState state) {
    OperationStatus status = state == null ? null : state.getOperation();
    if (status != null && ACTIVE.contains(status.getPhase())) {
      active.put(id, status);
    } else {
      active.remove(id);
    }
  }

  private long count(OperationKind kind, OperationPhase phase) {
    return active.values().stream()
        .filter(each -> each.getKind() == kind && each.getPhase() == phase)
        .count();
  }

  private Stream<OperationStatus> replays() {
    return active.values().stream().filter(each -> each.getKind() == OperationKind.REPLAY);
  }

  private static long passedOver(OperationStatus status) {
    return status.getPassedOver().values().stream().mapToLong(Long::longValue).sum();
  }
}
