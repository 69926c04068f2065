package io.backstop.torture;

import io.backstop.torture.Violation.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What was published under a key has its outcomes under that key, and one of them is its own. */
final class KeyChecks {
  private final Evidence evidence;
  private final List<Violation> violations;

  /** By what an outcome names: coordinates or id. */
  private final Map<String, Published> published = new HashMap<>();

  private final Map<String, List<Recorded>> ownByKey;

  KeyChecks(Evidence evidence, List<Violation> violations) {
    this.evidence = evidence;
    this.violations = violations;
    for (Published each : evidence.published()) {
      published.put(each.coordinates(), each);
      published.put(each.requestId(), each);
    }
    ownByKey =
        evidence.outcomes().stream()
            .filter(Recorded::isOwn)
            .collect(
                Collectors.groupingBy(each -> each.key().get(), TreeMap::new, Collectors.toList()));
  }

  void check() {
    evidence.outcomes().forEach(this::checkKey);
    ownByKey.forEach(
        (key, outcomes) -> {
          if (outcomes.size() > 1) {
            add(Kind.KEY_WITH_TWO_OUTCOMES, key + ": " + outcomes);
          }
        });
    Set<String> keys = new TreeSet<>();
    evidence.published().forEach(each -> each.key().ifPresent(keys::add));
    keys.removeAll(ownByKey.keySet());
    keys.forEach(key -> add(Kind.KEY_WITHOUT_OUTCOME, key + " has no outcome of its own"));
    evidence.outcomes().stream()
        .filter(outcome -> outcome.duplicateOf().isPresent())
        .forEach(this::checkDuplicate);
  }

  /** A request that was refused as if it were poison has a dead letter too, but without its key. */
  private void checkKey(Recorded outcome) {
    Published of = published.get(outcome.of());
    if (of != null && !of.key().equals(outcome.key())) {
      add(
          Kind.WRONG_KEY,
          "%s has the key %s and was published with %s"
              .formatted(outcome, outcome.key().orElse("(none)"), of.key().orElse("(none)")));
    }
  }

  private void checkDuplicate(Recorded duplicate) {
    String original = duplicate.duplicateOf().get();
    boolean named =
        ownByKey.getOrDefault(duplicate.key().orElse(""), List.of()).stream()
            .map(own -> published.get(own.of()))
            .anyMatch(each -> each != null && each.requestId().equals(original));
    if (!named) {
      add(
          Kind.DUPLICATE_OF_NOTHING,
          "%s names %s, which has no outcome".formatted(duplicate, original));
    }
  }

  private void add(Kind kind, String what) {
    violations.add(new Violation(kind, what));
  }
}
