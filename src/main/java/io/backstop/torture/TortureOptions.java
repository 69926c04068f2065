package io.backstop.torture;

import java.time.Duration;

/**
 * How to torture.
 *
 * @param length of the load and of the blows; the time to drain comes on top
 * @param seed decides blows and load: the same one gives the same
 * @param rate requests per second
 * @param protocol group protocol, {@code streams} or {@code classic}
 * @param patience how long the fleet may take to finish once nothing is done to it any more
 */
public record TortureOptions(
    Duration length, long seed, int rate, String protocol, Duration patience) {}
