package io.backstop.torture;

import io.backstop.torture.Violation.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Judges a run by its evidence alone: no Kafka, no clock. */
final class Checker {
  private final Evidence evidence;
  private final List<Violation> violations = new ArrayList<>();

  private Checker(Evidence evidence) {
    this.evidence = evidence;
  }

  static Verdict check(Evidence evidence) {
    return new Checker(evidence).verdict();
  }

  private Verdict verdict() {
    checkTried();
    checkOutcomes();
    new KeyChecks(evidence, violations).check();
    var histories = new HistoryChecks(evidence, violations);
    histories.check();
    var calls = new CallChecks(evidence, violations);
    calls.check();
    violations.addAll(evidence.seen());
    List<Recorded> results = evidence.outcomes().stream().filter(each -> !each.isLetter()).toList();
    return new Verdict(
        evidence.published().size(),
        (int) evidence.published().stream().flatMap(p -> p.key().stream()).distinct().count(),
        results.size(),
        (int) results.stream().filter(each -> each.duplicateOf().isPresent()).count(),
        evidence.outcomes().size() - results.size(),
        evidence.calls().size(),
        histories.repeats(),
        calls.zombieCalls(),
        calls.judgedOpenMs(),
        evidence.blows(),
        List.copyOf(violations));
  }

  /** Where nothing was done nothing can go wrong. */
  private void checkTried() {
    if (evidence.published().isEmpty()) {
      add(Kind.NOTHING_TRIED, "there was no request");
    }
    if (evidence.calls().isEmpty()) {
      add(Kind.NOTHING_TRIED, "no service was called");
    }
    if (evidence.blows().kills() == 0) {
      add(Kind.NOTHING_TRIED, "no processor was killed");
    }
  }

  /** Each record that was published has one outcome, and each outcome has such a record. */
  private void checkOutcomes() {
    Map<String, Integer> found = new HashMap<>();
    evidence.outcomes().forEach(outcome -> found.merge(outcome.of(), 1, Integer::sum));
    Set<String> known = new HashSet<>();
    for (Published each : evidence.published()) {
      known.add(each.coordinates());
      known.add(each.requestId());
      int outcomes =
          found.getOrDefault(each.coordinates(), 0) + found.getOrDefault(each.requestId(), 0);
      if (outcomes == 0) {
        add(Kind.LOST, each + " has no outcome");
      } else if (outcomes > 1) {
        add(Kind.RECORDED_TWICE, "%s has %d outcomes".formatted(each, outcomes));
      }
    }
    found.keySet().stream()
        .filter(of -> !known.contains(of))
        .forEach(of -> add(Kind.OUTCOME_OF_NOTHING, of + " was never published"));
  }

  private void add(Kind kind, String what) {
    violations.add(new Violation(kind, what));
  }
}
