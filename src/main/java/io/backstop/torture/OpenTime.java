package io.backstop.torture;

/** A time in which the fleet's circuit of a service was OPEN, by its events; epoch milliseconds. */
record OpenTime(String service, long fromMs, long untilMs) {}
