package io.backstop.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * How one service misbehaves. The failures of a kind exclude each other, so that every rate holds
 * as it is written and those of one kind add up to at most 1; a permanent failure comes before a
 * transient one.
 */
public record FaultPlan(Latency latency, List<Failure> failures, Outage outage) {

  /** Whether the service is there at all. */
  public enum Outage {
    NONE,
    /** Every request gets a 503 at once. */
    UNAVAILABLE,
    /** The connection is reset as soon as a request is seen, the nearest to a closed port. */
    REFUSE
  }

  /** Answers at once and never fails. */
  public static final FaultPlan HEALTHY = new FaultPlan(Latency.NONE, List.of(), Outage.NONE);

  public FaultPlan {
    Objects.requireNonNull(latency, "latency");
    Objects.requireNonNull(outage, "outage");
    failures = List.copyOf(failures);
    for (Failure.Kind kind : Failure.Kind.values()) {
      double sum = failures.stream().filter(f -> f.kind() == kind).mapToDouble(Failure::rate).sum();
      if (sum > 1 + 1e-9) {
        throw new IllegalArgumentException(
            "the rates of kind " + word(kind) + " add up to " + sum + ", more than 1");
      }
    }
  }

  public FaultPlan withLatency(Latency newLatency) {
    return new FaultPlan(newLatency, failures, outage);
  }

  /** This plan with one more failure. */
  public FaultPlan with(Failure failure) {
    List<Failure> more = new ArrayList<>(failures);
    more.add(failure);
    return new FaultPlan(latency, more, outage);
  }

  public FaultPlan withOutage(Outage newOutage) {
    return new FaultPlan(latency, failures, newOutage);
  }

  /**
   * @param keyHash of the idempotency key or of what stands in for it
   */
  Optional<Failure> failureFor(Draws draws, long keyHash) {
    if (failures.isEmpty()) {
      return Optional.empty();
    }
    return pick(Failure.Kind.PERMANENT, draws.uniformOfKey(keyHash))
        .or(() -> pick(Failure.Kind.TRANSIENT, draws.uniform(Draws.Purpose.FAILURE)));
  }

  private static String word(Failure.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private Optional<Failure> pick(Failure.Kind kind, double draw) {
    double threshold = 0;
    for (Failure failure : failures) {
      if (failure.kind() == kind) {
        threshold += failure.rate();
        if (draw < threshold) {
          return Optional.of(failure);
        }
      }
    }
    return Optional.empty();
  }
}
