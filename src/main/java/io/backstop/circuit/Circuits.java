package io.backstop.circuit;

import io.backstop.action.CircuitEvidence;
import io.backstop.action.CircuitGate;
import io.backstop.action.CircuitState;
import io.backstop.action.CircuitStatus;
import io.backstop.action.FailureClass;
import io.backstop.action.FleetNews;
import io.backstop.action.FleetSignal;
import io.backstop.action.FleetState;
import io.backstop.action.HealthProbe;
import io.backstop.action.Outcome;
import io.backstop.action.SignalSource;
import io.backstop.config.Policies;
import io.backstop.metrics.ActionMetrics;
import io.backstop.metrics.Metric;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All circuits of this process. Takes the fleet's decisions about them, tells the coordinator what
 * this instance sees, and makes the health calls for which this instance has a permit. Thread-safe.
 */
public final class Circuits implements FleetNews, SignalSource {
  private static final Logger LOG = LoggerFactory.getLogger(Circuits.class);

  private final String instance;
  private final Policies policies;
  private final Function<String, Optional<HealthProbe>> healthProbes;
  private final ActionMetrics metrics;
  private final long startedAt;
  private final Map<String, LocalCircuit> circuits = new ConcurrentHashMap<>();
  private final AtomicLong sequence = new AtomicLong();

  /**
   * @param instance names this process from its start to its end
   * @param healthProbes the health call of a scope; the same answer at every call
   */
  public Circuits(
      String instance,
      Policies policies,
      Function<String, Optional<HealthProbe>> healthProbes,
      ActionMetrics metrics) {
    this.instance = instance;
    this.policies = policies;
    this.healthProbes = healthProbes;
    this.metrics = metrics;
    this.startedAt = metrics.now();
  }

  /** The circuit of a scope; the same object at every call. */
  public CircuitGate of(String scope) {
    return circuit(scope);
  }

  /** The state of each for the whole fleet, by scope. */
  public Map<String, CircuitState> states() {
    Map<String, CircuitState> states = new HashMap<>();
    circuits.forEach((scope, circuit) -> states.put(scope, circuit.fleetState()));
    return states;
  }

  /**
   * Takes what is decided under {@link io.backstop.action.FleetKey#CIRCUIT}, of scopes that have
   * been asked for: one that is not in this instance's configuration any more would stay in its
   * gauges and its health for ever.
   */
  @Override
  public void changed(String scope, FleetState state) {
    LocalCircuit circuit = circuits.get(scope);
    if (circuit == null) {
      return;
    }
    CircuitStatus status =
        state == null || state.getCircuit() == null ? Circuit.untouched(0) : state.getCircuit();
    if (status.getState() == CircuitState.UNKNOWN && circuit.fleetState() != CircuitState.UNKNOWN) {
      LOG.warn(
          "circuit state unknown scope={} taken-for=CLOSED: a newer version wrote it; update this"
              + " instance",
          scope);
    }
    circuit.decided(status);
  }

  @Override
  public List<FleetSignal> due(long now) {
    List<FleetSignal> signals = List.of();
    for (Map.Entry<String, LocalCircuit> each : circuits.entrySet()) {
      LocalCircuit circuit = each.getValue();
      if (circuit.sleeps(now)) {
        continue;
      }
      startHealthCalls(each.getKey(), circuit, now);
      Optional<CircuitEvidence> evidence = circuit.due(now);
      if (evidence.isPresent()) {
        signals = signals.isEmpty() ? new ArrayList<>() : signals;
        signals.add(signal(each.getKey(), evidence.get(), false, now));
      }
    }
    return signals;
  }

  @Override
  public List<FleetSignal> leaving(long now) {
    List<FleetSignal> signals = new ArrayList<>();
    circuits.forEach(
        (scope, circuit) ->
            circuit
                .lastWords(now)
                .ifPresent(evidence -> signals.add(signal(scope, evidence, true, now))));
    return signals;
  }

  private void startHealthCalls(String scope, LocalCircuit circuit, long now) {
    for (String permit : circuit.takeHealthPermits(now)) {
      healthProbes
          .apply(scope)
          .orElseThrow()
          .start(policies.of(scope).circuit().probeTimeout())
          .whenComplete(
              (outcome, failure) ->
                  circuit.healthCallEnded(permit, outcome != null ? outcome : noOutcome(failure)));
    }
  }

  private static Outcome noOutcome(Throwable failure) {
    return new Outcome.Rejected(FailureClass.INTERNAL, "the health call failed: " + failure);
  }

  private LocalCircuit circuit(String scope) {
    LocalCircuit known = circuits.get(scope);
    return known != null ? known : circuits.computeIfAbsent(scope, this::newCircuit);
  }

  private LocalCircuit newCircuit(String scope) {
    var rules = new CurrentRules(scope, policies, each -> healthProbes.apply(each).isPresent());
    var circuit =
        new LocalCircuit(scope, instance, rules, new CircuitMeter(scope, metrics, startedAt));
    metrics.state(Metric.CIRCUIT_STATE, List.of(CircuitState.values()), circuit::fleetState, scope);
    return circuit;
  }

  private FleetSignal signal(String scope, CircuitEvidence evidence, boolean leaving, long now) {
    return FleetSignal.newBuilder()
        .setInstance(instance)
        .setScope(scope)
        .setSequence(sequence.incrementAndGet())
        .setSentAt(Instant.ofEpochMilli(now))
        .setLeaving(leaving)
        .setCircuit(evidence)
        .build();
  }
}
