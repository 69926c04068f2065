package io.backstop.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.CircuitState;
import io.backstop.action.CircuitStatus;
import io.backstop.action.FleetSignal;
import io.backstop.action.Outcome;
import io.backstop.config.Policies;
import io.backstop.testing.TestConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Some instances and a coordinator, with a network that loses, doubles and delays signals, and
 * delays decisions. Instances are killed, preferably while they probe, and the coordinator starts
 * again from its status alone. At every call it is checked that it was allowed.
 */
final class SimulatedFleet {
  private static final int STEP_MS = 10;
  private static final int MAX_DELAY_MS = 300;

  private record Sent<T>(T message, long arrivesAt) {}

  final Map<String, Integer> probesByPeriod = new HashMap<>();
  int openings;
  private final Random random;
  private final Policies policies;
  private final boolean health;
  private final int callEvery;
  private final List<SimulatedInstance> instances = new ArrayList<>();
  private final Map<String, List<Sent<CircuitStatus>>> decisions = new HashMap<>();
  private final List<Sent<FleetSignal>> signals = new ArrayList<>();
  private FleetCircuit coordinator;
  private CircuitStatus published = Circuit.untouched(0);
  private long lastCallableAt;
  private long now;
  private int started;

  SimulatedFleet(
      int size, boolean health, int callEvery, int successes, int probes, Random random) {
    this.random = random;
    this.health = health;
    this.callEvery = callEvery;
    this.policies =
        new Policies(
            TestConfig.with(
                "backstop.execution.timeout", "200ms",
                "backstop.circuit.open-duration", "1s",
                "backstop.circuit.max-open-duration", "3s",
                "backstop.circuit.permit-duration", "600ms",
                "backstop.circuit.probe-timeout", "200ms",
                "backstop.circuit.successes-to-close", String.valueOf(successes),
                "backstop.circuit.half-open-probes", String.valueOf(probes)));
    coordinator = new FleetCircuit(published, now);
    for (int index = 0; index < size; index++) {
      start();
    }
  }

  private CurrentRules rules() {
    return new CurrentRules("notion", policies, scope -> health);
  }

  private void start() {
    instances.add(new SimulatedInstance("i-" + ++started, rules(), published));
  }

  void run(long ms, boolean serviceIsUp) {
    for (long end = now + ms; now < end; now += STEP_MS) {
      step(serviceIsUp, true);
    }
  }

  /** Runs without kills until the fleet and all instances call again; false when they never do. */
  boolean recovers(long withinMs) {
    for (long end = now + withinMs; now < end; now += STEP_MS) {
      step(true, false);
      if (published.getState() == CircuitState.CLOSED
          && instances.stream().noneMatch(each -> each.circuit.refuses(now))) {
        return true;
      }
    }
    return false;
  }

  private void step(boolean serviceIsUp, boolean accidents) {
    deliver();
    for (SimulatedInstance instance : List.copyOf(instances)) {
      instance.endCalls(now);
      Outcome outcome = serviceIsUp ? Outcomes.succeeded() : Outcomes.down();
      boolean hangs = !serviceIsUp && random.nextBoolean();
      long durationMs = hangs ? 200 : 5 + random.nextInt(40);
      instance.probe(outcome, durationMs, now).forEach(this::probed);
      if (random.nextInt(callEvery) == 0) {
        instance.call(outcome, durationMs, now).ifPresent(this::called);
      }
      instance.due(now).ifPresent(this::send);
      if (accidents && random.nextInt(instance.isProbing() ? 20 : 3_000) == 0) {
        instances.remove(instance);
        start();
      }
    }
    if (now % 50 == 0) {
      coordinator.timePassed(rules().get(), now);
    }
    if (accidents && random.nextInt(500) == 0) {
      coordinator = new FleetCircuit(coordinator.status(), now);
    }
    publish();
  }

  private void called(String permit) {
    if (permit.isEmpty()) {
      assertThat(now - lastCallableAt)
          .as("an ordinary call %s", published)
          .isLessThanOrEqualTo(MAX_DELAY_MS + 2 * STEP_MS);
    } else {
      probed(permit);
    }
  }

  private void probed(String permit) {
    if (!OwnCircuit.granted(permit)) {
      probesByPeriod.merge(permit.substring(0, permit.indexOf('-')), 1, Integer::sum);
    }
  }

  private void send(FleetSignal signal) {
    int copies = random.nextInt(10) == 0 ? 0 : random.nextInt(10) == 0 ? 2 : 1;
    for (int copy = 0; copy < copies; copy++) {
      signals.add(new Sent<>(signal, now + random.nextInt(MAX_DELAY_MS)));
    }
  }

  private void deliver() {
    for (Sent<FleetSignal> sent : List.copyOf(signals)) {
      if (now >= sent.arrivesAt()) {
        signals.remove(sent);
        coordinator.heard(sent.message(), rules().get(), now);
      }
    }
    for (SimulatedInstance instance : instances) {
      List<Sent<CircuitStatus>> queue = decisions.getOrDefault(instance.name, List.of());
      while (!queue.isEmpty() && now >= queue.get(0).arrivesAt()) {
        instance.circuit.decided(queue.remove(0).message());
      }
    }
  }

  private void publish() {
    boolean wasClosed = published.getState() == CircuitState.CLOSED;
    boolean isClosed = coordinator.status().getState() == CircuitState.CLOSED;
    lastCallableAt = wasClosed || isClosed ? now : lastCallableAt;
    if (coordinator.status() == published) {
      return;
    }
    boolean opened = coordinator.status().getState() == CircuitState.OPEN;
    openings += opened && coordinator.status().getVersion() != published.getVersion() ? 1 : 0;
    published = coordinator.status();
    for (SimulatedInstance instance : instances) {
      List<Sent<CircuitStatus>> queue =
          decisions.computeIfAbsent(instance.name, name -> new ArrayList<>());
      long after = queue.isEmpty() ? 0 : queue.get(queue.size() - 1).arrivesAt();
      queue.add(new Sent<>(published, Math.max(after, now + random.nextInt(MAX_DELAY_MS))));
    }
  }
}
