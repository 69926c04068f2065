package io.backstop.torture;

import io.backstop.action.Attempt;
import io.backstop.action.AttemptOutcome;
import io.backstop.torture.Violation.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the services saw against what the histories say: every repeat has a cause, fallbacks come in
 * their order, and nobody calls a service whose circuit is open.
 */
final class CallChecks {
  /** A call arrives after it was started, by one clock. */
  private static final long ARRIVES_EARLY_MS = 50;

  /** Until all have heard of a circuit that opens, and what was in flight then has arrived. */
  private static final long NEWS_MS = 2_000;

  private final Evidence evidence;
  private final List<Violation> violations;
  private int uncommitted;
  private int handedOver;
  private int timedOut;
  private int zombieCalls;

  CallChecks(Evidence evidence, List<Violation> violations) {
    this.evidence = evidence;
    this.violations = violations;
  }

  Verdict.Repeats repeats() {
    return new Verdict.Repeats(uncommitted, handedOver, timedOut);
  }

  int zombieCalls() {
    return zombieCalls;
  }

  void check() {
    Map<String, List<ServiceCall>> byKey =
        evidence.calls().stream().collect(Collectors.groupingBy(ServiceCall::key));
    for (Recorded outcome : evidence.outcomes()) {
      if (outcome.isOwn()) {
        List<ServiceCall> calls =
            new ArrayList<>(byKey.getOrDefault(outcome.key().get(), List.of()));
        calls.sort(Comparator.comparingLong(ServiceCall::arrivedAtMs));
        checkHistory(outcome);
        checkRepeats(outcome, calls);
        checkOrder(outcome, calls);
      }
    }
    evidence.calls().forEach(this::checkCircuit);
  }

  /** The history names targets in the order of the strategy, and says why calls were repeated. */
  private void checkHistory(Recorded outcome) {
    List<String> order = order(outcome);
    int reached = 0;
    List<Attempt> attempts = outcome.attempts();
    for (int i = 0; i < attempts.size(); i++) {
      Attempt attempt = attempts.get(i);
      int step = order.indexOf(attempt.getTarget());
      if (step < reached) {
        add(Kind.OUT_OF_ORDER, "%s: history has %s late".formatted(outcome, attempt.getTarget()));
      }
      reached = Math.max(reached, step);
      boolean last = i == attempts.size() - 1;
      if (attempt.getOutcome() == AttemptOutcome.TIMED_OUT && !last) {
        timedOut++;
      } else if (attempt.getOutcome() == AttemptOutcome.INTERRUPTED) {
        handedOver++;
        long until = last ? Long.MAX_VALUE / 2 : attempts.get(i + 1).getStartedAt().toEpochMilli();
        checkHandOver(outcome, attempt, until);
      }
    }
  }

  private void checkHandOver(Recorded outcome, Attempt attempt, long until) {
    long from = attempt.getStartedAt().toEpochMilli();
    if (evidence.disturbances().stream().noneMatch(each -> each.overlaps(from, until))) {
      add(
          Kind.UNEXPLAINED_REPEAT,
          "%s: the call at %s was interrupted, but nothing had happened"
              .formatted(outcome, attempt.getStartedAt()));
    }
  }

  /** Calls that the history does not know were lost with the transaction of a processor. */
  private void checkRepeats(Recorded outcome, List<ServiceCall> calls) {
    List<ServiceCall> unknown = new ArrayList<>(calls);
    for (Attempt attempt : outcome.attempts()) {
      if (isCall(attempt)) {
        long started = attempt.getStartedAt().toEpochMilli();
        Optional<ServiceCall> made =
            unknown.stream()
                .filter(call -> call.target().equals(attempt.getTarget()))
                .filter(call -> call.arrivedAtMs() >= started - ARRIVES_EARLY_MS)
                .findFirst();
        made.ifPresent(unknown::remove);
      }
    }
    for (ServiceCall call : unknown) {
      if (evidence.disturbances().stream().anyMatch(each -> each.loses(call))) {
        uncommitted++;
      } else {
        add(
            Kind.UNEXPLAINED_REPEAT,
            "%s: %s is not in its history, and nothing had happened to processor %d"
                .formatted(outcome, call, call.processor()));
      }
    }
  }

  /** No step is called any more once a later one was. */
  private void checkOrder(Recorded outcome, List<ServiceCall> calls) {
    List<String> order = order(outcome);
    int reached = 0;
    for (ServiceCall call : calls) {
      int step = order.indexOf(call.target());
      if (step >= reached) {
        reached = step;
      } else if (step >= 0 && isBlind(call)) {
        zombieCalls++;
      } else {
        add(
            Kind.OUT_OF_ORDER,
            "%s: %s came after a call to %s".formatted(outcome, call, order.get(reached)));
      }
    }
  }

  private void checkCircuit(ServiceCall call) {
    boolean late =
        evidence.openTimes().stream()
            .filter(open -> open.service().equals(call.service()))
            .anyMatch(
                open ->
                    call.arrivedAtMs() > open.fromMs() + NEWS_MS
                        && call.arrivedAtMs() < open.untilMs());
    if (late && isBlind(call)) {
      zombieCalls++;
    } else if (late) {
      add(Kind.BREAKER_LEAK, call + " while the circuit was open");
    }
  }

  private boolean isBlind(ServiceCall call) {
    return evidence.disturbances().stream().anyMatch(each -> each.blinds(call));
  }

  private List<String> order(Recorded outcome) {
    List<String> order = new ArrayList<>();
    outcome.action().ifPresent(order::add);
    order.addAll(evidence.steps().getOrDefault(outcome.action().orElse(""), List.of()));
    return order;
  }

  private static boolean isCall(Attempt attempt) {
    return switch (attempt.getOutcome()) {
      case SUCCEEDED, RETRYABLE, PERMANENT, TIMED_OUT, INTERRUPTED -> true;
      case REJECTED, PARKED, UNKNOWN -> false;
    };
  }

  private void add(Kind kind, String what) {
    violations.add(new Violation(kind, what));
  }
}
