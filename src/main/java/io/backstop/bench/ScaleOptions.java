package io.backstop.bench;

import java.util.List;
import java.util.Map;

/**
 * How to measure how cost grows; an axis whose list is empty is left out.
 *
 * @param keys sizes of the idempotency store, growing
 * @param partitions of every topic; the first is what the others are compared with
 * @param instances numbers of instances; the first is what the others are compared with
 * @param requests of each round of the first two axes
 * @param rounds that count, of each side; one more of each comes first, to warm up
 * @param settings of Backstop, by full key, on top of what the bench sets
 */
public record ScaleOptions(
    List<Integer> keys,
    List<Integer> partitions,
    List<Integer> instances,
    int requests,
    int rounds,
    Map<String, String> settings) {

  /** For rounds of {@code requests}. */
  BenchOptions rounds(int requests) {
    return new BenchOptions(requests, rounds, 1, 1, 0, settings);
  }
}
