package io.backstop.cli;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Supplier;

/** Keeps the newest few of many, so that memory does not grow with their number. */
final class Newest<T> {
  private record Kept<T>(Instant at, T item) {}

  private final int limit;
  private final PriorityQueue<Kept<T>> kept = new PriorityQueue<>(byTime());
  private long seen;

  Newest(int limit) {
    this.limit = limit;
  }

  /**
   * @param item made only when it is among the newest so far
   */
  void offer(Instant at, Supplier<T> item) {
    seen++;
    if (kept.size() == limit) {
      if (!at.isAfter(kept.peek().at())) {
        return;
      }
      kept.remove();
    }
    kept.add(new Kept<>(at, item.get()));
  }

  /** How many were offered. */
  long seen() {
    return seen;
  }

  List<T> oldestFirst() {
    return kept.stream().sorted(byTime()).map(Kept::item).toList();
  }

  private static <T> Comparator<Kept<T>> byTime() {
    return Comparator.comparing(Kept::at);
  }
}
