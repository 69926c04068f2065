package io.backstop.cli;

import io.backstop.action.OperationKind;
import io.backstop.action.OperationPhase;
import io.backstop.action.OperationStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;

/** How fast an operation has been of late, and what is left of it at that rate. */
final class ReplayPace {
  private static final Duration OF_LATE = Duration.ofSeconds(10);
  private static final Duration LEAST = Duration.ofMillis(500);
  private static final Set<OperationPhase> ENDS =
      Set.of(
          OperationPhase.COMPLETED,
          OperationPhase.CANCELLED,
          OperationPhase.ABORTED,
          OperationPhase.REFUSED);

  private record Sample(Instant at, long ended) {}

  private final Deque<Sample> samples = new ArrayDeque<>();

  /** Letters about which nothing more will happen. */
  static long ended(OperationStatus status) {
    if (status.getKind() != OperationKind.REPLAY) {
      return status.getReleased();
    }
    return status.getSucceeded()
        + status.getFailedAgain()
        + status.getSuppressed()
        + passedOver(status);
  }

  static long passedOver(OperationStatus status) {
    return status.getPassedOver().values().stream().mapToLong(Long::longValue).sum();
  }

  /** Whether nothing more will happen at all. */
  static boolean isOver(OperationStatus status) {
    return ENDS.contains(status.getPhase());
  }

  /** Takes how far it is now; not to be called with an earlier time than before. */
  void at(OperationStatus status, Instant now) {
    samples.add(new Sample(now, ended(status)));
    // one that is older stays, so that there is something to compare with
    while (samples.size() > 2 && samples.peek().at().isBefore(now.minus(OF_LATE))) {
      samples.remove();
    }
  }

  /** Letters a second; empty while too little is known. */
  Optional<Double> perSecond() {
    if (samples.isEmpty()) {
      return Optional.empty();
    }
    Duration span = Duration.between(samples.getFirst().at(), samples.getLast().at());
    if (span.compareTo(LEAST) < 0) {
      return Optional.empty();
    }
    long ended = samples.getLast().ended() - samples.getFirst().ended();
    return Optional.of(ended * 1e3 / span.toMillis());
  }

  /** Until all have ended at this rate; empty while that is not known. */
  Optional<Duration> remaining(OperationStatus status) {
    long left = status.getSelected() - ended(status);
    return perSecond()
        .filter(rate -> rate > 0 && left >= 0)
        .map(rate -> Duration.ofMillis(Math.round(left / rate * 1_000)));
  }
}
