package io.backstop.bench;

import java.util.List;

/** Times in milliseconds, sorted. */
record Latencies(List<Double> sorted) {

  static Latencies of(List<Double> values) {
    return new Latencies(values.stream().sorted().toList());
  }

  int count() {
    return sorted.size();
  }

  /** The least time that {@code percent} of all do not exceed. */
  double percentile(int percent) {
    int rank = (int) Math.ceil(sorted.size() * percent / 100.0);
    return sorted.get(Math.max(0, rank - 1));
  }
}
