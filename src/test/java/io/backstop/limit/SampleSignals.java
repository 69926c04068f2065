package io.backstop.limit;

import io.backstop.action.FleetSignal;
import io.backstop.action.RateDemand;
import java.time.Instant;

/** Signals of instances, for tests. */
final class SampleSignals {
  private SampleSignals() {}

  static FleetSignal wanting(String instance, long sequence, long seenVersion) {
    return signal(instance, sequence, new RateDemand(seenVersion, true, null), false);
  }

  static FleetSignal pausing(String instance, long sequence, long until) {
    return signal(
        instance, sequence, new RateDemand(0L, false, Instant.ofEpochMilli(until)), false);
  }

  static FleetSignal leaving(String instance, long sequence) {
    return signal(instance, sequence, new RateDemand(0L, false, null), true);
  }

  static FleetSignal signal(String instance, long sequence, RateDemand demand, boolean leaving) {
    return FleetSignal.newBuilder()
        .setInstance(instance)
        .setScope("notion")
        .setSequence(sequence)
        .setSentAt(Instant.EPOCH)
        .setLeaving(leaving)
        .setRate(demand)
        .build();
  }
}
