package io.backstop.limit;

import io.backstop.action.FleetSignal;
import io.backstop.action.FleetState;
import io.backstop.config.Policies;
import io.backstop.metrics.ActionMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Instances and their coordinator in simulated time. Signals take 50 to 400 ms and may overtake
 * each other, some are lost; what the coordinator publishes takes as long, in order; the clocks of
 * the instances differ by up to 2 s.
 */
final class SimulatedFleet {
  private static final long START = 1_772_000_000_000L;
  private static final long STEP_MS = 2;

  private record UnderWay(long arrivesAt, FleetSignal signal) {}

  private record News(long arrivesAt, String scope, FleetState state) {}

  /** One start of a call: when in true time, and where. */
  record Start(long at, int instance) {}

  /** One process. */
  private final class Instance {
    private final int number = instances.size();
    private final CallRates rates =
        new CallRates(
            "i" + number,
            policies,
            Duration.ofSeconds(1),
            CoordinatorHarness.MAX_PAUSE,
            new ActionMetrics(new SimpleMeterRegistry()));
    private final long clockAhead = random.nextLong(-2_000, 2_001);
    private final Deque<News> inbox = new ArrayDeque<>();
    private boolean hasWork = true;
    private long deafUntil;

    private void step() {
      while (!inbox.isEmpty() && inbox.peek().arrivesAt() <= now && deafUntil <= now) {
        News news = inbox.poll();
        rates.changed(news.scope(), news.state());
      }
      while (hasWork && rates.of("notion").tryStart(now + clockAhead)) {
        starts.add(new Start(now, number));
      }
      rates.due(now + clockAhead).forEach(SimulatedFleet.this::send);
    }
  }

  private final Policies policies;
  private final Random random;
  private final double lost;
  private final CoordinatorHarness coordinator;
  private final PriorityQueue<UnderWay> signals =
      new PriorityQueue<>(Comparator.comparingLong(UnderWay::arrivesAt));
  private final List<News> published = new ArrayList<>();
  private final List<Instance> instances = new ArrayList<>();
  private final List<Instance> alive = new ArrayList<>();
  private final List<Start> starts = new ArrayList<>();
  private long now = START;

  /**
   * @param lost part of the signals that never arrive
   */
  SimulatedFleet(Policies policies, double lost, long seed) {
    this.policies = policies;
    this.lost = lost;
    this.random = new Random(seed);
    this.coordinator = new CoordinatorHarness(policies);
  }

  void run(Duration time) {
    for (long end = now + time.toMillis(); now < end; now += STEP_MS) {
      while (!signals.isEmpty() && signals.peek().arrivesAt() <= now) {
        coordinator.receive("notion", signals.poll().signal(), now);
      }
      coordinator.timeIs(now);
      coordinator.published().forEach(record -> publish(record.value()));
      alive.forEach(Instance::step);
    }
  }

  /** Something that happens to fleets. */
  void anyEvent() {
    switch (random.nextInt(8)) {
      case 0, 1 -> join();
      case 2 -> kill();
      case 3 -> leave();
      case 4, 5 -> any().hasWork ^= true;
      case 6 -> any().deafUntil = now + random.nextInt(30_000);
      default -> coordinator.restart();
    }
  }

  void join() {
    var instance = new Instance();
    instances.add(instance);
    alive.add(instance);
    instance.inbox.addAll(published.subList(Math.max(0, published.size() - 1), published.size()));
  }

  void kill() {
    if (alive.size() > 1) {
      alive.remove(any());
    }
  }

  private void leave() {
    if (alive.size() > 1) {
      Instance leaving = any();
      leaving.rates.leaving(now + leaving.clockAhead).forEach(this::send);
      leaving.step();
      alive.remove(leaving);
    }
  }

  private Instance any() {
    return alive.get(random.nextInt(alive.size()));
  }

  private void send(FleetSignal signal) {
    if (random.nextDouble() >= lost) {
      signals.add(new UnderWay(now + random.nextLong(50, 401), signal));
    }
  }

  private void publish(FleetState state) {
    published.add(new News(now, "notion", state));
    for (Instance instance : alive) {
      long afterTheLast = instance.inbox.isEmpty() ? now : instance.inbox.peekLast().arrivesAt();
      long arrives = Math.max(afterTheLast, now + random.nextLong(50, 401));
      instance.inbox.add(new News(arrives, "notion", state));
    }
  }

  List<Start> starts() {
    return List.copyOf(starts);
  }

  /** Starts in the last part of the time, per second. */
  double callsPerSecondOfTheLast(Duration time) {
    long from = now - time.toMillis();
    return starts.stream().filter(start -> start.at() >= from).count() / (time.toMillis() / 1e3);
  }
}
