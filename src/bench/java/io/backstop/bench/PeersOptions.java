package io.backstop.bench;

import java.util.Map;
import java.util.Set;

/**
 * How to compare.
 *
 * @param requests of each round; sides that are slow get a part of them
 * @param rounds that count, of each side; one more of each comes first, to warm up
 * @param partitions of every topic, and threads of the side that calls from its listener threads
 * @param pacedSeconds length of the run at a fixed pace of each side, 0 for none
 * @param settings of Backstop, by full key, on top of what the bench sets
 */
record PeersOptions(
    int requests,
    int rounds,
    int partitions,
    int pacedSeconds,
    Set<Workload> workloads,
    Set<Contender> sides,
    Map<String, String> settings) {}
