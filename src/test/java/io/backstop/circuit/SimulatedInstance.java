package io.backstop.circuit;

import io.backstop.action.Admission;
import io.backstop.action.CircuitEvidence;
import io.backstop.action.CircuitStatus;
import io.backstop.action.FleetSignal;
import io.backstop.action.Outcome;
import io.backstop.metrics.ActionMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One process of a {@link SimulatedFleet}: its circuit, and its calls that have not ended. */
final class SimulatedInstance {
  record Call(Admission.Granted admission, long startedAt, long endsAt, Outcome outcome) {}

  private record HealthCall(String permit, long endsAt, Outcome outcome) {}

  final String name;
  final LocalCircuit circuit;
  private final List<Call> calls = new ArrayList<>();
  private final List<HealthCall> healthCalls = new ArrayList<>();
  private long sequence;

  SimulatedInstance(String name, CurrentRules rules, CircuitStatus status) {
    this.name = name;
    var meter = new CircuitMeter("notion", new ActionMetrics(new SimpleMeterRegistry()), 0);
    circuit = new LocalCircuit("notion", name, rules, meter);
    circuit.decided(status);
  }

  /** Asks for a call; the permit that it uses up, empty text for an ordinary one. */
  Optional<String> call(Outcome outcome, long durationMs, long now) {
    if (circuit.admit(now) instanceof Admission.Granted granted) {
      calls.add(new Call(granted, now, now + durationMs, outcome));
      return Optional.of(granted.permit().orElse(""));
    }
    return Optional.empty();
  }

  /** Permits used by health calls that were started now. */
  List<String> probe(Outcome outcome, long durationMs, long now) {
    List<String> permits = circuit.sleeps(now) ? List.of() : circuit.takeHealthPermits(now);
    permits.forEach(permit -> healthCalls.add(new HealthCall(permit, now + durationMs, outcome)));
    return permits;
  }

  void endCalls(long now) {
    for (Call call : List.copyOf(calls)) {
      if (now >= call.endsAt()) {
        calls.remove(call);
        circuit.ended(call.admission(), call.outcome(), now - call.startedAt(), now);
      }
    }
    for (HealthCall call : List.copyOf(healthCalls)) {
      if (now >= call.endsAt()) {
        healthCalls.remove(call);
        circuit.healthCallEnded(call.permit(), call.outcome());
      }
    }
  }

  boolean isProbing() {
    return !healthCalls.isEmpty()
        || calls.stream().anyMatch(call -> call.admission().permit().isPresent());
  }

  Optional<FleetSignal> due(long now) {
    Optional<CircuitEvidence> evidence = circuit.sleeps(now) ? Optional.empty() : circuit.due(now);
    return evidence.map(
        told ->
            new FleetSignal(
                name,
                "notion",
                ++sequence,
                Instant.ofEpochMilli(now),
                false,
                told,
                null,
                null,
                null));
  }
}
