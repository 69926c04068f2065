package io.backstop.cache;

import io.backstop.action.CacheCounts;
import io.backstop.action.FleetSignal;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * When an instance tells the fleet its counts: every 5 s when they have changed, and every 20 s so
 * that it is not taken for gone, or for unchanged where a signal was lost. Says nothing before
 * there is anything to count. Thread-safe; between its turns it costs one comparison.
 */
final class CountsReport {
  private static final long TURN_MS = 5_000;
  private static final long SIGN_OF_LIFE_MS = 20_000;
  private static final CacheCounts NOTHING =
      CacheCounts.newBuilder().setEntries(0).setBytes(0).setHits(0).setMisses(0).build();

  private final String instance;
  private volatile long nextTurnAt;
  private CacheCounts last = NOTHING;
  private long lastAt;
  private long sequence;
  private boolean hasLeft;

  CountsReport(String instance) {
    this.instance = instance;
  }

  /**
   * @param now epoch milliseconds
   */
  List<FleetSignal> due(long now, Supplier<CacheCounts> counts) {
    return isTurn(now) ? turn(now, counts) : List.of();
  }

  /** The last signal; there is none after it. */
  synchronized List<FleetSignal> leaving(long now, CacheCounts counts) {
    boolean saysIt = !hasLeft && sequence > 0;
    hasLeft = true;
    return saysIt ? List.of(signal(now, counts, true)) : List.of();
  }

  private boolean isTurn(long now) {
    // or the clock was set back
    return now >= nextTurnAt || now < nextTurnAt - TURN_MS;
  }

  private synchronized List<FleetSignal> turn(long now, Supplier<CacheCounts> counts) {
    if (hasLeft || !isTurn(now)) {
      return List.of();
    }
    nextTurnAt = now + TURN_MS;
    CacheCounts current = counts.get();
    boolean silentForLong = sequence > 0 && Math.abs(now - lastAt) >= SIGN_OF_LIFE_MS;
    return !current.equals(last) || silentForLong
        ? List.of(signal(now, current, false))
        : List.of();
  }

  private FleetSignal signal(long now, CacheCounts counts, boolean leaving) {
    last = counts;
    lastAt = now;
    return FleetSignal.newBuilder()
        .setInstance(instance)
        .setScope("")
        .setSequence(++sequence)
        .setSentAt(Instant.ofEpochMilli(now))
        .setLeaving(leaving)
        .setCache(counts)
        .build();
  }
}
