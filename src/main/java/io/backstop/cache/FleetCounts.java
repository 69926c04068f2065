package io.backstop.cache;

import io.backstop.action.CacheCounts;
import io.backstop.action.FleetSignal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The counts of all instances as their newest signals have them. Every instance holds the same
 * results, so what is held is as the last one heard of says; hits and misses add up. Pure.
 */
final class FleetCounts {
  private static final long SILENCE_MS = 60_000;

  private record Heard(FleetSignal signal, long at) {}

  private final Map<String, Heard> instances = new HashMap<>();

  /** Takes a signal; one that is repeated or late says nothing. */
  void heard(FleetSignal signal, long now) {
    Heard last = instances.get(signal.getInstance());
    if (last == null || signal.getSequence() > last.signal().getSequence()) {
      instances.put(signal.getInstance(), new Heard(signal, now));
    }
  }

  /** The sum now, without instances that have left or were silent for a minute. */
  CacheCounts total(long now) {
    instances.values().removeIf(each -> now - each.at() >= SILENCE_MS);
    long hits = 0;
    long misses = 0;
    Heard newest = null;
    for (Heard each : instances.values()) {
      if (!each.signal().getLeaving()) {
        hits += each.signal().getCache().getHits();
        misses += each.signal().getCache().getMisses();
        newest = newest == null || isNewer(each, newest) ? each : newest;
      }
    }
    Optional<CacheCounts> held = Optional.ofNullable(newest).map(each -> each.signal().getCache());
    return CacheCounts.newBuilder()
        .setEntries(held.map(CacheCounts::getEntries).orElse(0L))
        .setBytes(held.map(CacheCounts::getBytes).orElse(0L))
        .setHits(hits)
        .setMisses(misses)
        .setOldest(held.map(CacheCounts::getOldest).orElse(null))
        .build();
  }

  private static boolean isNewer(Heard one, Heard other) {
    return one.at() != other.at()
        ? one.at() > other.at()
        : one.signal().getInstance().compareTo(other.signal().getInstance()) > 0;
  }
}
