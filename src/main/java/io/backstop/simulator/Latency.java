package io.backstop.simulator;

import static io.backstop.simulator.Draws.Purpose.LATENCY;

/**
 * How long a service takes to answer, in milliseconds. Samples are rounded to whole milliseconds,
 * never negative and at most ten minutes.
 */
public sealed interface Latency {

  /** Answers at once. */
  Latency NONE = new Fixed(0);

  record Fixed(double ms) implements Latency {}

  record Uniform(double minMs, double maxMs) implements Latency {}

  record Normal(double meanMs, double stdDevMs) implements Latency {}

  /** Random arrivals: many short waits, few long ones. */
  record Exponential(double meanMs) implements Latency {}

  /** What real services look like: most near the median, one in a hundred at or above the p99. */
  record LogNormal(double medianMs, double p99Ms) implements Latency {}

  long MAX_MILLIS = 600_000;

  /** Standard deviations above the mean where one in a hundred of a normal distribution lies. */
  double Z_99 = 2.3263478740408408;

  default long sampleMillis(Draws draws) {
    return Math.min(MAX_MILLIS, Math.max(0, Math.round(sample(draws))));
  }

  private double sample(Draws draws) {
    if (this instanceof Fixed fixed) {
      return fixed.ms();
    } else if (this instanceof Uniform uniform) {
      return uniform.minMs() + (uniform.maxMs() - uniform.minMs()) * draws.uniform(LATENCY);
    } else if (this instanceof Normal normal) {
      return normal.meanMs() + normal.stdDevMs() * draws.gaussian();
    } else if (this instanceof Exponential exponential) {
      return -exponential.meanMs() * Math.log(1 - draws.uniform(LATENCY));
    }
    LogNormal logNormal = (LogNormal) this;
    double sigma = Math.log(logNormal.p99Ms() / logNormal.medianMs()) / Z_99;
    return logNormal.medianMs() * Math.exp(sigma * draws.gaussian());
  }
}
