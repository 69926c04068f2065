package io.backstop.cli;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How long a replay will take under today's limits: what limits it most decides, and a ramp waits
 * at the end of each of its stages. Retries, and calls of others to the same services, make it
 * longer.
 *
 * @param least empty where nothing limits it: then it takes what the services take
 * @param limitedBy what limits it most, for people
 * @param stages of the ramp; 0 without one
 */
record ReplayTime(Optional<Duration> least, Optional<String> limitedBy, int stages) {
  /** At the end of a stage all of its requests have to end and be reported. */
  static final Duration STAGE_PAUSE = Duration.ofSeconds(1);

  private static final int STAGE_GROWTH = 10;

  /**
   * What is to be done.
   *
   * @param requests that are sent in
   * @param calls of these, those that lead to a call, by scope
   * @param callsPerSecond by scope, of those that are limited; more than 0
   */
  record Load(long requests, Map<String, Long> calls, Map<String, Double> callsPerSecond) {}

  /**
   * @param rate requests a second at most; empty for as fast as may be
   */
  static ReplayTime of(Load load, OptionalDouble rate, boolean ramp) {
    double seconds = 0;
    Optional<String> by = Optional.empty();
    if (rate.isPresent() && load.requests() > 0) {
      seconds = load.requests() / rate.getAsDouble();
      by = Optional.of("--rate " + number(rate.getAsDouble()));
    }
    for (Map.Entry<String, Double> limit : load.callsPerSecond().entrySet()) {
      double own = load.calls().getOrDefault(limit.getKey(), 0L) / limit.getValue();
      if (own > seconds) {
        seconds = own;
        by = Optional.of(limit.getKey() + "'s " + number(limit.getValue()) + " calls/s");
      }
    }
    int stages = ramp ? stages(load.requests()) : 0;
    Duration pauses = STAGE_PAUSE.multipliedBy(stages);
    Optional<Duration> least =
        by.isPresent()
            ? Optional.of(Duration.ofMillis((long) Math.ceil(seconds * 1_000)).plus(pauses))
            : Optional.empty();
    return new ReplayTime(least, by, stages);
  }

  /** How many of 1, 10, 100 ... together reach the number. */
  private static int stages(long requests) {
    int stages = 0;
    long size = 1;
    for (long left = requests; left > 0; left -= size / STAGE_GROWTH) {
      stages++;
      size *= STAGE_GROWTH;
    }
    return stages;
  }

  private static String number(double value) {
    return value == Math.rint(value) ? "%.0f".formatted(value) : Double.toString(value);
  }

  /** For people: {@code about 4m 2s: limited by notion's 3 calls/s; ramp of 4 stages}. */
  String text() {
    String time =
        least
            .map(each -> "about " + Span.of(each) + ": limited by " + limitedBy.orElseThrow())
            .orElse("as long as the services take: nothing limits its rate");
    return stages == 0 ? time : time + "; ramp of " + stages + (stages == 1 ? " stage" : " stages");
  }
}
