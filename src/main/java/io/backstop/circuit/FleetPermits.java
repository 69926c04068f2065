package io.backstop.circuit;

import io.backstop.action.CircuitState;
import io.backstop.action.CircuitStatus;
import io.backstop.action.ProbePermit;
import io.backstop.action.ProbeReport;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The permits that the fleet has granted to this instance in the current HALF_OPEN period: each is
 * used once, and what came of it is told until the coordinator has taken it in. Not thread-safe.
 */
final class FleetPermits {
  private final String instance;
  private final Set<String> used = new HashSet<>();
  private final Set<String> open = new HashSet<>();
  private final List<ProbeReport> reports = new ArrayList<>();

  FleetPermits(String instance) {
    this.instance = instance;
  }

  /** A permit that can be used now; empty for none. */
  Optional<String> usable(CircuitStatus fleet, long now) {
    return unused(fleet)
        .filter(permit -> now < permit.getUsableUntil().toEpochMilli())
        .map(ProbePermit::getId)
        .findFirst();
  }

  /** Uses one up. */
  Optional<String> take(CircuitStatus fleet, long now) {
    Optional<String> permit = usable(fleet, now);
    permit.ifPresent(
        id -> {
          used.add(id);
          open.add(id);
        });
    return permit;
  }

  /** Makes one usable again that was taken for nothing, as long as its period lasts. */
  void putBack(String permit) {
    if (open.remove(permit)) {
      used.remove(permit);
    }
  }

  /**
   * Tells what came of a probe.
   *
   * @return false when it was told before, or is of a period that is over
   */
  boolean ended(String permit, ProbeVerdict verdict) {
    if (!open.remove(permit)) {
      return false;
    }
    reports.add(new ProbeReport(permit, verdict.succeeded().orElse(null), true, verdict.message()));
    return true;
  }

  /** Gives back the permits that nobody has used in time; false when there are none. */
  boolean giveBackLapsed(CircuitStatus fleet, long now) {
    List<ProbePermit> lapsed =
        unused(fleet).filter(permit -> now >= permit.getUsableUntil().toEpochMilli()).toList();
    for (ProbePermit permit : lapsed) {
      used.add(permit.getId());
      reports.add(new ProbeReport(permit.getId(), null, false, null));
    }
    return !lapsed.isEmpty();
  }

  /** When an unused one lapses. */
  long nextLapse(CircuitStatus fleet) {
    return unused(fleet)
        .mapToLong(permit -> permit.getUsableUntil().toEpochMilli())
        .min()
        .orElse(Long.MAX_VALUE);
  }

  List<ProbeReport> reports() {
    return List.copyOf(reports);
  }

  /** The coordinator has taken in what is told of permits that it no longer lists. */
  void decided(CircuitStatus fleet) {
    Set<String> listed =
        fleet.getPermits().stream().map(ProbePermit::getId).collect(Collectors.toSet());
    used.retainAll(listed);
    reports.removeIf(report -> !listed.contains(report.getPermit()));
  }

  /** The period is over. */
  void startAfresh() {
    used.clear();
    open.clear();
    reports.clear();
  }

  private Stream<ProbePermit> unused(CircuitStatus fleet) {
    return fleet.getState() == CircuitState.HALF_OPEN
        ? fleet.getPermits().stream()
            .filter(permit -> permit.getInstance().equals(instance))
            .filter(permit -> !used.contains(permit.getId()))
        : Stream.empty();
  }
}
