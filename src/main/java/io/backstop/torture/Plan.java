package io.backstop.torture;

import io.backstop.simulator.EmulatedService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Which blows fall when; the same seed and length give the same plan. In each minute, and at least
 * once, a processor is frozen, the broker restarted and the registry stopped. Services go wrong in
 * rounds, each way once in a round.
 *
 * @param blows in order of time
 */
record Plan(List<Timed> blows) {
  static final int PROCESSORS = 3;

  /** Longer than {@link FleetSettings#SESSION}. */
  static final Duration FREEZE = FleetSettings.SESSION.plusSeconds(4);

  private static final Duration REGISTRY_AWAY = Duration.ofSeconds(8);
  private static final long MINUTE_MS = 60_000;
  private static final List<EmulatedService> SERVICES =
      List.of(EmulatedService.NOTION, EmulatedService.TRELLO, EmulatedService.SLACK);

  /**
   * @param atMs after the start of the load
   */
  record Timed(long atMs, Blow blow) {
    @Override
    public String toString() {
      return "%6.1f s  %s".formatted(atMs / 1000.0, blow);
    }
  }

  static Plan of(long seed, Duration length) {
    long end = length.toMillis();
    Random random = new Random(seed);
    List<Timed> blows = new ArrayList<>();
    List<Misbehaviour> round = new ArrayList<>();
    for (long at = between(random, 2_000, 4_000); at < end; at += between(random, 2_500, 6_000)) {
      if (round.isEmpty()) {
        round.addAll(Arrays.asList(Misbehaviour.values()));
        Collections.shuffle(round, random);
      }
      blows.add(new Timed(at, fault(random, round.remove(0))));
    }
    for (long at = between(random, 3_000, 6_000); at < end; at += between(random, 6_000, 9_000)) {
      blows.add(new Timed(at, new Blow.Kill(random.nextInt(PROCESSORS))));
    }
    for (long from = 0; from < end; from += MINUTE_MS) {
      long stretch = Math.min(MINUTE_MS, end - from);
      blows.add(part(random, from, stretch, 0.15, new Blow.StopRegistry(REGISTRY_AWAY)));
      Blow freeze = new Blow.Freeze(random.nextInt(PROCESSORS), FREEZE);
      blows.add(part(random, from, stretch, 0.40, freeze));
      blows.add(part(random, from, stretch, 0.75, new Blow.RestartBroker()));
    }
    blows.sort(Comparator.comparingLong(Timed::atMs));
    return new Plan(List.copyOf(blows));
  }

  private static Blow fault(Random random, Misbehaviour how) {
    return new Blow.Fault(
        SERVICES.get(random.nextInt(SERVICES.size())),
        how,
        Duration.ofMillis(between(random, 1_500, 5_000)));
  }

  /** At a share of a stretch of time, or up to a tenth of it later. */
  private static Timed part(Random random, long from, long stretch, double share, Blow blow) {
    return new Timed(from + (long) (stretch * (share + random.nextDouble() / 10)), blow);
  }

  private static long between(Random random, long least, long most) {
    return least + (long) (random.nextDouble() * (most - least));
  }
}
