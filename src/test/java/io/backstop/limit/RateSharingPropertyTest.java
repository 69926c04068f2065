package io.backstop.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/**
 * The coordinator's model against instances that read every table late or not at all, whose signals
 * are lost, late, repeated and out of order, whose clocks differ, and which die.
 */
class RateSharingPropertyTest {
  private static final long NOW = 1_772_000_000_000L;
  private static final double ROUNDING = 1e-9;

  private record Signal(
      String instance, long sequence, boolean wanted, long seenVersion, boolean leaving) {}

  /** What one instance keeps to, which the coordinator can only guess at. */
  private static final class Instance {
    private final String name;
    private final long clockAhead;
    private boolean isAlive = true;
    private RateSharing read = RateSharing.NONE;
    private long sequence;

    private Instance(String name, long clockAhead) {
      this.name = name;
      this.clockAhead = clockAhead;
    }

    private double uses(long now) {
      return !isAlive
          ? 0
          : read.members().stream()
              .filter(m -> m.instance().equals(name) && now + clockAhead < m.until())
              .mapToDouble(Member::share)
              .sum();
    }

    private Signal signal(boolean wanted, boolean leaving) {
      return new Signal(name, ++sequence, wanted, read.version(), leaving);
    }
  }

  private static final class World {
    private final Random random;
    private final List<Instance> instances = new ArrayList<>();
    private final List<Signal> underWay = new ArrayList<>();
    private double limit;
    private long now = NOW;
    private RateSharing sharing = RateSharing.NONE;
    private double allowed;

    private World(double limit, long seed) {
      this.limit = limit;
      this.random = new Random(seed);
    }

    private Instance any() {
      return instances.get(random.nextInt(instances.size()));
    }

    private void join() {
      instances.add(new Instance("i" + instances.size(), random.nextLong(-4_999, 5_000)));
    }

    private void step() {
      switch (random.nextInt(12)) {
        case 0, 1, 2 -> send(any(), random.nextInt(5) > 0, false);
        case 3, 4, 5 -> deliverAny();
        case 6, 7, 8 -> any().read = sharing;
        case 9 -> now += random.nextInt(4) == 0 ? random.nextInt(20_000) : random.nextInt(1_000);
        case 10 -> sharing = sharing.shared(limit, now);
        default -> rareEvent();
      }
      check();
    }

    private void rareEvent() {
      switch (random.nextInt(6)) {
        case 0 -> any().isAlive = false;
        case 1 -> send(any(), false, true);
        case 2 -> join();
        case 3 -> limit *= 0.5 + random.nextDouble();
        case 4 -> sharing = RateRecords.restored(RateRecords.stored(sharing)).resumed(now);
        default -> now += random.nextInt(100_000);
      }
    }

    private void send(Instance instance, boolean wanted, boolean leaving) {
      if (instance.isAlive) {
        underWay.add(instance.signal(wanted, leaving));
        instance.isAlive = !leaving;
      }
    }

    private void deliverAny() {
      if (!underWay.isEmpty()) {
        int index = random.nextInt(underWay.size());
        deliver(random.nextInt(4) == 0 ? underWay.get(index) : underWay.remove(index));
      }
    }

    private void deliver(Signal signal) {
      sharing =
          (signal.leaving()
                  ? sharing.left(signal.instance(), signal.sequence(), now)
                  : sharing.heard(
                      signal.instance(),
                      signal.sequence(),
                      signal.wanted(),
                      signal.seenVersion(),
                      now))
              .shared(limit, now);
    }

    private void check() {
      double used = instances.stream().mapToDouble(each -> each.uses(now)).sum();
      double outstanding = sharing.members().stream().mapToDouble(Member::outstanding).sum();
      allowed = Math.max(limit, Math.min(allowed, outstanding));

      assertThat(outstanding).isLessThanOrEqualTo(allowed + ROUNDING);
      assertThat(used).isLessThanOrEqualTo(outstanding + ROUNDING);
    }
  }

  @Property
  void shouldNeverHaveMoreInUseThanTheLimit(
      @ForAll @DoubleRange(min = 0.1, max = 1_000) double limit,
      @ForAll @IntRange(min = 1, max = 6) int instances,
      @ForAll long seed) {
    var world = new World(limit, seed);
    for (int i = 0; i < instances; i++) {
      world.join();
    }

    for (int step = 0; step < 600; step++) {
      world.step();
    }
  }

  @Property
  void shouldEndWithEqualSharesOnceAllIsQuiet(
      @ForAll @DoubleRange(min = 0.1, max = 1_000) double limit,
      @ForAll @IntRange(min = 1, max = 6) int instances,
      @ForAll long seed) {
    var world = new World(limit, seed);
    for (int i = 0; i < instances; i++) {
      world.join();
    }
    for (int step = 0; step < 300; step++) {
      world.step();
    }
    world.join();

    for (int second = 0; second < 100; second++) {
      world.now += 1_000;
      for (Instance instance : world.instances) {
        if (instance.isAlive) {
          instance.read = world.sharing;
          world.deliver(instance.signal(true, false));
          world.check();
        }
      }
    }

    long alive = world.instances.stream().filter(instance -> instance.isAlive).count();
    double due = world.limit / alive;
    assertThat(world.sharing.members().stream().filter(m -> m.share() > 0))
        .hasSize((int) alive)
        .allSatisfy(m -> assertThat(m.share()).isCloseTo(due, within(due * 0.01)));
  }
}
