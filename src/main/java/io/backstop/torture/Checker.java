package io.backstop.torture;

import io.backstop.torture.Violation.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

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
    checkOutcomes();
    checkKeys();
    CallChecks calls = new CallChecks(evidence, violations);
    calls.check();
    evidence.gaveUp().forEach(each -> violations.add(new Violation(Kind.GAVE_UP, each)));
    List<Recorded> results = evidence.outcomes().stream().filter(each -> !each.isLetter()).toList();
    return new Verdict(
        evidence.published().size(),
        (int) evidence.published().stream().flatMap(p -> p.key().stream()).distinct().count(),
        results.size(),
        (int) results.stream().filter(each -> each.duplicateOf().isPresent()).count(),
        evidence.outcomes().size() - results.size(),
        evidence.calls().size(),
        calls.repeats(),
        calls.zombieCalls(),
        List.copyOf(violations));
  }

  /** Each record that was published has one outcome, and each outcome has such a record. */
  private void checkOutcomes() {
    Map<String, Integer> found = new HashMap<>();
    for (Recorded outcome : evidence.outcomes()) {
      String of = outcome.isLetter() ? outcome.coordinates().get() : outcome.requestId().get();
      found.merge(of, 1, Integer::sum);
    }
    Set<String> known = new HashSet<>();
    for (Published each : evidence.published()) {
      known.add(each.coordinates());
      known.add(each.requestId());
      int outcomes =
          found.getOrDefault(each.coordinates(), 0) + found.getOrDefault(each.requestId(), 0);
      String name = "%s (%s)".formatted(each.requestId(), each.coordinates());
      if (outcomes == 0) {
        add(Kind.LOST, name + " has no outcome");
      } else if (outcomes > 1) {
        add(Kind.RECORDED_TWICE, "%s has %d outcomes".formatted(name, outcomes));
      }
    }
    found.keySet().stream()
        .filter(of -> !known.contains(of))
        .forEach(of -> add(Kind.OUTCOME_OF_NOTHING, of + " was never published"));
  }

  /** A key has one outcome of its own; those of duplicates name the request that it is of. */
  private void checkKeys() {
    Map<String, List<Recorded>> own =
        evidence.outcomes().stream()
            .filter(Recorded::isOwn)
            .collect(Collectors.groupingBy(each -> each.key().get(), TreeMap::new, toList()));
    own.forEach(
        (key, outcomes) -> {
          if (outcomes.size() > 1) {
            add(Kind.KEY_WITH_TWO_OUTCOMES, key + ": " + outcomes);
          }
        });
    Map<String, String> requestAt = new HashMap<>();
    evidence.published().forEach(each -> requestAt.put(each.coordinates(), each.requestId()));
    for (Recorded outcome : evidence.outcomes()) {
      if (outcome.duplicateOf().isEmpty()) {
        continue;
      }
      boolean named =
          own.getOrDefault(outcome.key().orElse(""), List.of()).stream()
              .map(each -> each.isLetter() ? requestAt.get(each.coordinates().get()) : id(each))
              .anyMatch(outcome.duplicateOf().get()::equals);
      if (!named) {
        add(
            Kind.DUPLICATE_OF_NOTHING,
            "%s names %s, which has no outcome".formatted(outcome, outcome.duplicateOf().get()));
      }
    }
  }

  private static String id(Recorded result) {
    return result.requestId().get();
  }

  private static java.util.stream.Collector<Recorded, ?, List<Recorded>> toList() {
    return Collectors.toList();
  }

  private void add(Kind kind, String what) {
    violations.add(new Violation(kind, what));
  }
}
