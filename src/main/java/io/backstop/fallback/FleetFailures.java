package io.backstop.fallback;

import io.backstop.action.FleetSignal;
import io.backstop.action.InstanceFailure;
import io.backstop.action.RecentFailures;
import io.backstop.action.ServiceFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What failed at one service in the whole fleet: of each instance what its newest signal says. A
 * signal says all that its instance knows, so a lost, late or repeated one does no harm. What an
 * instance saw counts until it is too old, also when the instance has left. Pure.
 */
final class FleetFailures {
  private static final Comparator<InstanceFailure> OLDEST_FIRST =
      Comparator.<InstanceFailure, Instant>comparing(each -> each.getFailure().getAt())
          .thenComparing(InstanceFailure::getInstance);

  private record Heard(long sequence, List<ServiceFailure> failures) {}

  private final long windowMs;
  private final Map<String, Heard> instances = new HashMap<>();
  private Instant clearedAt;
  private String clearedBy;

  FleetFailures(long windowMs) {
    this.windowMs = windowMs;
  }

  /** What an earlier owner knew. */
  static FleetFailures restored(RecentFailures kept, long windowMs) {
    FleetFailures restored = new FleetFailures(windowMs);
    restored.clearedAt = kept.getClearedAt();
    restored.clearedBy = kept.getClearedBy();
    kept.getFailures()
        .forEach(
            each ->
                restored
                    .instances
                    .computeIfAbsent(each.getInstance(), name -> new Heard(-1, new ArrayList<>()))
                    .failures()
                    .add(each.getFailure()));
    return restored;
  }

  void heard(FleetSignal signal) {
    Heard last = instances.get(signal.getInstance());
    if (last == null || signal.getSequence() > last.sequence()) {
      instances.put(
          signal.getInstance(),
          new Heard(signal.getSequence(), signal.getFailures().getFailures()));
    }
  }

  /** Forgets what has failed until now; the result is how many that were. */
  int clear(String actor, long now) {
    int affected = counting(now).size();
    clearedAt = Instant.ofEpochMilli(now);
    clearedBy = actor.isEmpty() ? null : actor;
    return affected;
  }

  /** The newest that count, and who cleared what was before; empty when there is neither. */
  Optional<RecentFailures> current(long now) {
    instances
        .values()
        .removeIf(heard -> heard.failures().stream().allMatch(each -> isOver(each, now)));
    if (clearedAt != null && clearedAt.toEpochMilli() <= now - windowMs) {
      clearedAt = null;
      clearedBy = null;
    }
    List<InstanceFailure> all = counting(now);
    return all.isEmpty() && clearedAt == null
        ? Optional.empty()
        : Optional.of(new RecentFailures(all, clearedAt, clearedBy));
  }

  private List<InstanceFailure> counting(long now) {
    List<InstanceFailure> all = new ArrayList<>();
    instances.forEach(
        (instance, heard) ->
            heard.failures().stream()
                .filter(each -> !isOver(each, now))
                .forEach(each -> all.add(new InstanceFailure(instance, each))));
    all.sort(OLDEST_FIRST);
    return List.copyOf(all.subList(Math.max(0, all.size() - OwnFailures.MOST), all.size()));
  }

  private boolean isOver(ServiceFailure failure, long now) {
    return failure.getAt().toEpochMilli() <= now - windowMs
        || clearedAt != null && !failure.getAt().isAfter(clearedAt);
  }
}
