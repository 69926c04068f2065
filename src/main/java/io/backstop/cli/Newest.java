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
  private final PriorityQueue<Kept<T>> oldestFirst =
      new PriorityQueue<>(Comparator.comparing((Kept<T> kept) -> kept.at()));
  private long seen;

  Newest(int limit) {
    this.limit = limit;
  }

  /**
   * @param item made only when it is among the newest so far
   */
  void offer(Instant at, Supplier<T> item) {
    seen++;
    if (oldestFirst.size() == limit) {
      if (!at.isAfter(oldestFirst.peek().at())) {
        return;
      }
      oldestFirst.remove();
    }
    oldestFirst.add(new Kept<>(at, item.get()));
  }

  /** How many were offered. */
  long seen() {
    return seen;
  }

  /** The kept ones, newest first. */
  List<T> newestFirst() {
    return oldestFirst.stream()
        .sorted(Comparator.comparing((Kept<T> kept) -> kept.at()).reversed())
        .map(Kept::item)
        .toList();
  }
}
