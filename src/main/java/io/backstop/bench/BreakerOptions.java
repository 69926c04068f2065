package io.backstop.bench;

import java.util.Map;

/**
 * How to measure the circuit breaker.
 *
 * @param trips how often the service goes down, at least 1
 * @param requestsPerSecond of the whole fleet
 * @param settings of Backstop, by full key, on top of what the bench sets
 */
public record BreakerOptions(int trips, int requestsPerSecond, Map<String, String> settings) {}
