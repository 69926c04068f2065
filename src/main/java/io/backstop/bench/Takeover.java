package io.backstop.bench;

import io.backstop.bench.LiveLoad.Span;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What one kill did, in seconds without a visible result.
 *
 * @param ofTheDead for each partition that the killed instance worked on
 * @param ofOthers for each other partition
 */
record Takeover(List<Double> ofTheDead, List<Double> ofOthers) {
  private static final long BEFORE_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long AFTER_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(5);

  static Takeover measure(ChildFleet fleet, LiveLoad load, int partitions) {
    awaitKeepingUp(load);
    Set<Integer> orphaned = fleet.killBusiest();
    long killed = System.nanoTime();
    // the first of the later ones waited for the take-over, so the pause lies between results of
    // requests that were due in this span
    Span span = new Span(killed - BEFORE_NANOS, killed + AFTER_NANOS);
    while (System.nanoTime() < span.to() || !load.hasAll(span)) {
      if (System.nanoTime() - killed > PATIENCE_NANOS) {
        throw new IllegalStateException("nobody took over the partitions " + orphaned);
      }
      Waiting.forMillis(50);
    }
    return new Takeover(
        pauses(load, span, partitions, orphaned::contains),
        pauses(load, span, partitions, each -> !orphaned.contains(each)));
  }

  /**
   * What is worked off late is worked off without a pause, and would hide the one to be measured.
   */
  private static void awaitKeepingUp(LiveLoad load) {
    Waiting.until(
        "the fleet keeps up with its load",
        () -> {
          long now = System.nanoTime();
          return load.hasAll(new Span(now - 2 * LATE_NANOS, now - LATE_NANOS));
        });
  }

  private static List<Double> pauses(
      LiveLoad load, Span span, int partitions, Predicate<Integer> which) {
    return IntStream.range(0, partitions)
        .boxed()
        .filter(which)
        .map(each -> load.longestPauseSeconds(each, span))
        .toList();
  }
}
