package io.backstop.torture;

import io.backstop.torture.Violation.Kind;
import java.util.List;

/** No step is called after a later one, and nobody calls a service whose circuit is open. */
final class CallChecks {
  /** Until all have heard of a circuit that opens, and what was in flight then has arrived. */
  private static final long NEWS_MS = 1_000;

  private final Evidence evidence;
  private final List<Violation> violations;
  private int zombieCalls;

  CallChecks(Evidence evidence, List<Violation> violations) {
    this.evidence = evidence;
    this.violations = violations;
  }

  int zombieCalls() {
    return zombieCalls;
  }

  /** How long circuits were open without the time that the news of it is given. */
  long judgedOpenMs() {
    return evidence.openTimes().stream()
        .mapToLong(open -> Math.max(0, open.untilMs() - open.fromMs() - NEWS_MS))
        .sum();
  }

  void check() {
    var byKey = evidence.callsByKey();
    for (Recorded outcome : evidence.outcomes()) {
      if (outcome.isOwn()) {
        checkOrder(outcome, byKey.getOrDefault(outcome.key().get(), List.of()));
      }
    }
    evidence.calls().forEach(this::checkCircuit);
  }

  private void checkOrder(Recorded outcome, List<ServiceCall> calls) {
    List<String> order = evidence.order(outcome);
    int reached = 0;
    for (ServiceCall call : calls) {
      int step = order.indexOf(call.target());
      if (step >= reached) {
        reached = step;
      } else if (step >= 0
          && evidence.disturbances().stream().anyMatch(each -> each.outruns(call))) {
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
    if (!late) {
      return;
    }
    if (evidence.disturbances().stream().anyMatch(each -> each.blinds(call))) {
      zombieCalls++;
    } else {
      add(Kind.BREAKER_LEAK, call + " while the circuit was open");
    }
  }

  private void add(Kind kind, String what) {
    violations.add(new Violation(kind, what));
  }
}
