package io.backstop.torture;

import io.backstop.action.Attempt;
import io.backstop.action.AttemptOutcome;
import io.backstop.torture.Violation.Kind;
import java.util.List;
import java.util.Optional;

/**
 * What the histories say against what the services saw: fallbacks come in their order, every repeat
 * has a cause, and what has succeeded was called.
 */
final class HistoryChecks {
  private final Evidence evidence;
  private final List<Violation> violations;
  private int uncommitted;
  private int handedOver;
  private int timedOut;

  HistoryChecks(Evidence evidence, List<Violation> violations) {
    this.evidence = evidence;
    this.violations = violations;
  }

  Verdict.Repeats repeats() {
    return new Verdict.Repeats(uncommitted, handedOver, timedOut);
  }

  void check() {
    var byKey = evidence.callsByKey();
    for (Recorded outcome : evidence.outcomes()) {
      if (outcome.isOwn()) {
        List<ServiceCall> calls = byKey.getOrDefault(outcome.key().get(), List.of());
        checkOrder(outcome);
        checkCalls(outcome, new MatchedCalls(outcome.attempts(), calls, this::isLost));
      }
    }
  }

  private void checkOrder(Recorded outcome) {
    List<String> order = evidence.order(outcome);
    int reached = 0;
    for (Attempt attempt : outcome.attempts()) {
      int step = order.indexOf(attempt.getTarget());
      if (step < reached) {
        add(Kind.OUT_OF_ORDER, "%s: history has %s late".formatted(outcome, attempt.getTarget()));
      }
      reached = Math.max(reached, step);
    }
  }

  private void checkCalls(Recorded outcome, MatchedCalls matched) {
    List<Attempt> attempts = outcome.attempts();
    for (int i = 0; i < attempts.size(); i++) {
      AttemptOutcome ended = attempts.get(i).getOutcome();
      if (ended == AttemptOutcome.TIMED_OUT && i < attempts.size() - 1) {
        timedOut++;
      } else if (ended == AttemptOutcome.INTERRUPTED) {
        handedOver++;
        checkHandOver(outcome, attempts.get(i), matched.of(i), matched.nextStart(i));
      } else if (ended == AttemptOutcome.SUCCEEDED && matched.of(i).isEmpty()) {
        add(
            Kind.CALL_NOT_SEEN,
            "%s: %s at %s has succeeded, but no such call came"
                .formatted(outcome, attempts.get(i).getTarget(), attempts.get(i).getStartedAt()));
      }
    }
    matched.unknown().forEach(call -> checkRepeat(outcome, call));
  }

  private void checkHandOver(
      Recorded outcome, Attempt attempt, Optional<ServiceCall> call, long next) {
    int caller = call.map(ServiceCall::processor).orElse(Disturbance.ALL);
    long from =
        call.map(ServiceCall::arrivedAtMs).orElseGet(() -> attempt.getStartedAt().toEpochMilli());
    if (evidence.disturbances().stream().noneMatch(each -> each.interrupts(caller, from, next))) {
      add(
          Kind.UNEXPLAINED_REPEAT,
          "%s: %s was interrupted before %d, but nothing had happened"
              .formatted(outcome, call.map(Object::toString).orElse("a call at " + from), next));
    }
  }

  /** Calls that the history does not know were lost with the transaction of a processor. */
  private void checkRepeat(Recorded outcome, ServiceCall call) {
    if (isLost(call)) {
      uncommitted++;
    } else {
      add(
          Kind.UNEXPLAINED_REPEAT,
          "%s: %s is not in its history, and nothing had happened to processor %d"
              .formatted(outcome, call, call.processor()));
    }
  }

  private boolean isLost(ServiceCall call) {
    return evidence.disturbances().stream().anyMatch(each -> each.loses(call));
  }

  private void add(Kind kind, String what) {
    violations.add(new Violation(kind, what));
  }
}
