package io.backstop.deadletter;

import io.backstop.action.Attempt;
import io.backstop.serde.EncodedSize;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a letter keeps of a history that is too long: the first and the last attempt, the last at
 * each target, then the newest of the others; with short messages.
 *
 * @param kept oldest first
 * @param said what was cut
 */
record AttemptsFitting(List<Attempt> kept, String said) {
  private static final int SHARE = 400_000;
  private static final int MOST = 200;
  private static final int MAX_TEXT = 300;

  /** Empty for a history that has room as it is. */
  static Optional<AttemptsFitting> of(List<Attempt> all) {
    if (all.stream().mapToLong(EncodedSize::of).sum() <= SHARE) {
      return Optional.empty();
    }
    List<Attempt> kept =
        chosen(all).stream().map(all::get).map(AttemptsFitting::shortened).toList();
    String said =
        "attempts: %,d of %,d kept, messages cut to %,d characters"
            .formatted(kept.size(), all.size(), MAX_TEXT);
    return Optional.of(new AttemptsFitting(kept, said));
  }

  private static NavigableSet<Integer> chosen(List<Attempt> all) {
    int last = all.size() - 1;
    Map<String, Integer> lastAtTarget = new LinkedHashMap<>();
    for (int index = 0; index <= last; index++) {
      lastAtTarget.put(all.get(index).getTarget(), index);
    }
    NavigableSet<Integer> chosen = new TreeSet<>(List.of(0, last));
    lastAtTarget.values().stream().limit(MOST - chosen.size()).forEach(chosen::add);
    for (int index = last; index > 0 && chosen.size() < MOST; index--) {
      chosen.add(index);
    }
    return chosen;
  }

  private static Attempt shortened(Attempt attempt) {
    return new Attempt(
        start(attempt.getTarget()),
        attempt.getNumber(),
        attempt.getStartedAt(),
        attempt.getDurationMs(),
        attempt.getOutcome(),
        attempt.getFailureClass(),
        attempt.getHttpStatus(),
        start(attempt.getMessage()));
  }

  private static String start(String text) {
    return text == null || text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
  }
}
