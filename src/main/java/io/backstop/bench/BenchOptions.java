package io.backstop.bench;

import java.util.Map;

/**
 * How to measure.
 *
 * @param requests of each round
 * @param rounds that count, of each side; one more of each comes first, to warm up
 * @param partitions of every topic
 * @param threads of each side
 * @param pacedSeconds length of the run at a fixed pace, 0 for none
 * @param settings of Backstop, by full key, on top of what the bench sets
 */
public record BenchOptions(
    int requests,
    int rounds,
    int partitions,
    int threads,
    int pacedSeconds,
    Map<String, String> settings) {}
