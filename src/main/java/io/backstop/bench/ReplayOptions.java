package io.backstop.bench;

import java.util.Map;

/**
 * How to measure a replay.
 *
 * @param letters dead letters to replay, at least 1
 * @param perSecond live requests per second, at least 1
 * @param seconds for which live requests are measured without a replay, at least 1
 * @param settings of Backstop, by full key, on top of what the bench sets
 */
public record ReplayOptions(
    int letters, int perSecond, int seconds, Map<String, String> settings) {}
