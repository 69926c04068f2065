package io.backstop.demo;

import io.backstop.demo.Ledger.Entry;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where requests ended.
 *
 * @param byPlace how many, by {@link Outcome#place()}; none of them 0
 */
record EndCounts(Map<String, Long> byPlace) {
  static final EndCounts NONE = new EndCounts(Map.of());

  EndCounts {
    byPlace = Map.copyOf(byPlace);
  }

  /** Of those that have ended. */
  static EndCounts of(Collection<Entry> entries) {
    var counts = new TreeMap<String, Long>();
    for (Entry entry : entries) {
      if (!entry.outcomes().isEmpty()) {
        counts.merge(entry.outcomes().get(0).place(), 1L, Long::sum);
      }
    }
    return new EndCounts(counts);
  }

  long at(String place) {
    return byPlace.getOrDefault(place, 0L);
  }

  /** The fallback steps among the places, the one with most requests first. */
  List<String> fallbacks() {
    return byPlace.keySet().stream()
        .filter(place -> !Outcome.NO_FALLBACKS.contains(place))
        .sorted(Comparator.comparing((String step) -> -at(step)).thenComparing(step -> step))
        .toList();
  }

  EndCounts minus(EndCounts earlier) {
    var counts = new TreeMap<String, Long>();
    byPlace.forEach(
        (place, count) -> {
          if (count > earlier.at(place)) {
            counts.put(place, count - earlier.at(place));
          }
        });
    return new EndCounts(counts);
  }

  long total() {
    return byPlace.values().stream().mapToLong(Long::longValue).sum();
  }
}
