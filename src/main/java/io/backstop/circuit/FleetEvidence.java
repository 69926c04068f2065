package io.backstop.circuit;

import io.backstop.action.CallCounts;
import io.backstop.action.CallStatistics;
import io.backstop.action.FleetSignal;
import io.backstop.action.ProbePermit;
import io.backstop.config.CircuitSettings;
import io.backstop.config.TripRule;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What all instances say about one circuit: of each the latest snapshot. An older or repeated one
 * says nothing, so signals may be lost, late or doubled. Not thread-safe.
 */
final class FleetEvidence {
  /** Instances send at least once a second while there is something to say. */
  private static final long SILENT_AFTER_MS = 3_000;

  private final Map<String, InstanceEvidence> byInstance = new HashMap<>();
  private final Map<String, Integer> returned = new HashMap<>();

  /** Takes a snapshot in; false when a later one of its instance is known. */
  boolean take(FleetSignal signal, long now) {
    InstanceEvidence before = byInstance.get(signal.getInstance());
    if (before != null && before.signal().getSequence() >= signal.getSequence()) {
      return false;
    }
    byInstance.put(signal.getInstance(), InstanceEvidence.heard(signal, before, now));
    return true;
  }

  void forget(String instance) {
    byInstance.remove(instance);
  }

  /** An instance had no use for a permit: others come first the next time. */
  void countReturned(String instance) {
    returned.merge(instance, 1, Integer::sum);
  }

  /** Forgets instances that have said nothing for as long as calls count. */
  void forgetSilent(CircuitSettings settings, long now) {
    byInstance.values().removeIf(each -> each.heardAt() <= now - silenceMs(settings));
    returned.keySet().retainAll(byInstance.keySet());
  }

  /** After this time without a word an instance is gone. */
  static long silenceMs(CircuitSettings settings) {
    return Math.max(SILENT_AFTER_MS, settings.window().toMillis());
  }

  boolean knows(String instance) {
    return byInstance.containsKey(instance);
  }

  /** Whether an instance has stopped calling on its own evidence. */
  boolean anyHasStopped() {
    return byInstance.values().stream().anyMatch(InstanceEvidence::hasStopped);
  }

  /** Instances that have stopped on their own evidence since the version, latest at a time. */
  List<String> stoppedBy(long time, long version) {
    return about(version)
        .filter(each -> each.hasStopped() && each.stoppedSince() <= time)
        .map(InstanceEvidence::instance)
        .sorted()
        .toList();
  }

  /** Whether an instance is known to call. */
  boolean hasNotStopped(String instance) {
    return byInstance.containsKey(instance) && !byInstance.get(instance).hasStopped();
  }

  /**
   * Why the circuit is to be opened for all, in words. Either all calls together meet a rule, and
   * enough instances contributed to that; or enough instances have stopped on their own. Enough is
   * {@code min-instances}, or all that call where these are fewer; one that fell silent is not one
   * of them, so that a bad instance which starts again and again still counts as one.
   *
   * @param version of the circuit; what an instance said before it knew of it is from before
   */
  Optional<String> crossed(long version, CircuitSettings settings, long now) {
    long required = required(settings, now);
    for (TripRule rule : settings.tripOn()) {
      Map<String, CallTally> tallies = tallies(version, settings, now);
      long contributors =
          tallies.entrySet().stream()
              .filter(each -> each.getValue().contribution(rule) > 0)
              .filter(each -> !byInstance.get(each.getKey()).isSilent(SILENT_AFTER_MS, now))
              .count();
      Optional<String> met =
          tallies.values().stream().reduce(CallTally.NONE, CallTally::plus).meets(rule, settings);
      if (met.isPresent() && contributors >= required) {
        return Optional.of(met.get() + ", in " + instances(contributors));
      }
    }
    long stopped =
        about(version)
            .filter(each -> each.hasStopped() && !each.isSilent(SILENT_AFTER_MS, now))
            .count();
    return stopped >= required
        ? Optional.of(instances(stopped) + " stopped calling on their own evidence")
        : Optional.empty();
  }

  private long required(CircuitSettings settings, long now) {
    return Math.max(1, Math.min(settings.minInstances(), active(settings, now)));
  }

  /** Whether as many instances are known to call as {@code min-instances} asks for. */
  boolean knowsEnough(CircuitSettings settings, long now) {
    return active(settings, now) >= settings.minInstances();
  }

  private long active(CircuitSettings settings, long now) {
    long windowMs = settings.window().toMillis();
    return byInstance.values().stream().filter(each -> each.isActive(windowMs, now)).count();
  }

  private Map<String, CallTally> tallies(long version, CircuitSettings settings, long now) {
    long windowMs = settings.window().toMillis();
    long successAt =
        about(version)
            .mapToLong(InstanceEvidence::lastSuccessAt)
            .max()
            .orElse(InstanceEvidence.NEVER);
    return about(version)
        .collect(
            Collectors.toMap(
                InstanceEvidence::instance,
                each ->
                    each.tally(windowMs, now)
                        .withInARow(each.failuresSince(successAt, windowMs, now))));
  }

  private Stream<InstanceEvidence> about(long version) {
    return byInstance.values().stream().filter(each -> each.knows(version));
  }

  /**
   * Who is to make the next probe: of the instances that have had requests the one with the fewest
   * permits, held or given back unused; of these the one heard last. One that is silent gets none,
   * unless there is no other.
   *
   * @param version of the HALF_OPEN period; requests may have been refused in the state before it
   */
  Optional<String> nextProber(long version, List<ProbePermit> outstanding, long now) {
    List<InstanceEvidence> willing =
        about(version - 1).filter(each -> each.evidence().getDemand()).toList();
    return willing.stream()
        .filter(each -> willing.size() == 1 || !each.isSilent(SILENT_AFTER_MS, now))
        .min(
            Comparator.<InstanceEvidence>comparingLong(each -> turns(each, outstanding))
                .thenComparing(Comparator.comparingLong(InstanceEvidence::heardAt).reversed())
                .thenComparing(InstanceEvidence::instance))
        .map(InstanceEvidence::instance);
  }

  private long turns(InstanceEvidence instance, List<ProbePermit> outstanding) {
    long held =
        outstanding.stream()
            .filter(permit -> permit.getInstance().equals(instance.instance()))
            .count();
    return held + returned.getOrDefault(instance.instance(), 0);
  }

  /** The calls of all instances within the window. */
  CallStatistics statistics(CircuitSettings settings, long now) {
    long windowMs = settings.window().toMillis();
    CallTally sum = CallTally.NONE;
    DurationHistogram times = new DurationHistogram();
    long totalMs = 0;
    int instances = 0;
    for (InstanceEvidence each : byInstance.values()) {
      List<CallCounts> slices = each.slices(windowMs, now);
      for (CallCounts slice : slices) {
        sum = sum.plus(CallTally.of(slice));
        totalMs += slice.getTotalMs();
        times.add(slice.getHistogram());
      }
      instances += slices.isEmpty() ? 0 : 1;
    }
    return new CallStatistics(
        windowMs,
        sum.calls(),
        sum.failures(),
        sum.slow(),
        sum.calls() == 0 ? 0 : (double) totalMs / sum.calls(),
        times.quantileMs(0.99),
        instances);
  }

  private static String instances(long number) {
    return number == 1 ? "1 instance" : number + " instances";
  }
}
