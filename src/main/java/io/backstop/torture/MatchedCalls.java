package io.backstop.torture;

import io.backstop.action.Attempt;
import io.backstop.action.AttemptOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Which of the calls that the services saw each attempt of one history is. Pure. */
final class MatchedCalls {
  /** A call arrives after it was started, by one clock. */
  private static final long ARRIVES_EARLY_MS = 50;

  /** A call that was given up may still be on its way. */
  private static final long ARRIVES_LATE_MS = 1_000;

  private static final long NEVER = Long.MAX_VALUE / 2;

  private final List<Attempt> attempts;
  private final List<ServiceCall> unknown;
  private final Map<Integer, ServiceCall> made = new HashMap<>();

  /**
   * Attempts whose end is known come first: they know when their call was made. An interrupted one
   * knows only when the request had come, so it could be any that is left.
   *
   * @param calls for the same key, in order of arrival
   * @param lost whether a call may be missing in the history: an interrupted attempt is rather one
   *     that may not
   */
  MatchedCalls(List<Attempt> attempts, List<ServiceCall> calls, Predicate<ServiceCall> lost) {
    this.attempts = attempts;
    this.unknown = new ArrayList<>(calls);
    for (int i = 0; i < attempts.size(); i++) {
      Attempt attempt = attempts.get(i);
      if (isCall(attempt)) {
        long ended = startedAt(i) + attempt.getDurationMs();
        List<ServiceCall> possible = possible(i, startedAt(i), ended + ARRIVES_LATE_MS);
        take(i, possible.stream().findFirst());
      }
    }
    for (int i = 0; i < attempts.size(); i++) {
      if (attempts.get(i).getOutcome() == AttemptOutcome.INTERRUPTED) {
        List<ServiceCall> possible = possible(i, previousStart(i), nextStart(i));
        take(i, possible.stream().filter(lost.negate()).findFirst().or(() -> first(possible)));
      }
    }
  }

  /** The call of the attempt with this index, where it was seen. */
  Optional<ServiceCall> of(int index) {
    return Optional.ofNullable(made.get(index));
  }

  /** Calls that no attempt is. */
  List<ServiceCall> unknown() {
    return List.copyOf(unknown);
  }

  /** When the next attempt was started whose start is known. */
  long nextStart(int index) {
    for (int i = index + 1; i < attempts.size(); i++) {
      if (attempts.get(i).getOutcome() != AttemptOutcome.INTERRUPTED) {
        return startedAt(i);
      }
    }
    return NEVER;
  }

  /** That of the last attempt before whose start is known; else when the request had come. */
  private long previousStart(int index) {
    long start = startedAt(index);
    for (int i = 0; i < index; i++) {
      start = Math.max(start, startedAt(i));
    }
    return start;
  }

  private List<ServiceCall> possible(int index, long from, long until) {
    String target = attempts.get(index).getTarget();
    return unknown.stream()
        .filter(call -> call.target().equals(target))
        .filter(call -> call.arrivedAtMs() >= from - ARRIVES_EARLY_MS)
        .filter(call -> call.arrivedAtMs() <= until)
        .toList();
  }

  private void take(int index, Optional<ServiceCall> call) {
    call.ifPresent(
        it -> {
          unknown.remove(it);
          made.put(index, it);
        });
  }

  private long startedAt(int index) {
    return attempts.get(index).getStartedAt().toEpochMilli();
  }

  private static Optional<ServiceCall> first(List<ServiceCall> calls) {
    return calls.stream().findFirst();
  }

  private static boolean isCall(Attempt attempt) {
    return switch (attempt.getOutcome()) {
      case SUCCEEDED, RETRYABLE, PERMANENT, TIMED_OUT -> true;
      case INTERRUPTED, REJECTED, PARKED, UNKNOWN -> false;
    };
  }
}
