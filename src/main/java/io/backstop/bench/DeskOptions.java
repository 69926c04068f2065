package io.backstop.bench;

import java.util.Map;

/**
 * How to measure the desk.
 *
 * @param letters dead letters on it, at least 1
 * @param queries of each kind, at least 1
 * @param instances that share them, at least 1
 * @param settings of Backstop, by full key, on top of what the bench sets
 */
public record DeskOptions(int letters, int queries, int instances, Map<String, String> settings) {}
