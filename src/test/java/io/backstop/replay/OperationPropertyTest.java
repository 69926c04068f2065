package io.backstop.replay;

import static io.backstop.replay.Samples.NOW;
import static io.backstop.replay.Samples.begun;
import static io.backstop.replay.Samples.report;
import static io.backstop.replay.Samples.selected;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.DeskReport;
import io.backstop.action.OperationKind;
import io.backstop.action.OperationPhase;
import io.backstop.action.OperationStatus;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;

/** Desks that answer when they like, outcomes in any order, pauses and restarts. */
class OperationPropertyTest {
  private static final int STEPS = 2_000;
  private static final Double[] RATES = {null, 0.5, 2.5, 7.0, 40.0, 300.0};

  @Property(tries = 300)
  void shouldKeepItsPromisesUnderAnyOrderOfEvents(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 5) int desks,
      @ForAll @IntRange(min = 1, max = 120) int window,
      @ForAll boolean ramp,
      @ForAll @IntRange(min = 0, max = 4) int badness) {
    Run run = new Run(seed, desks, window, ramp, badness);

    for (int step = 0; step < STEPS && !run.isOver(); step++) {
      run.step();
    }
    run.finish();

    OperationStatus status = run.held.status();
    Statistics.label("ends").collect(endOf(status));
    Statistics.label("ends")
        .coverage(
            ends -> {
              for (String end :
                  List.of("COMPLETED", "CANCELLED", "REFUSED", "of failures", "of a circuit")) {
                ends.check(end).count(count -> count > 0);
              }
            });
    assertThat(status.getReleased()).isEqualTo(run.ordered);
    assertThat(run.ends).isEqualTo(1);
    assertThat(status.getEndedAt()).isNotNull();
    assertThat(status.getSucceeded() + status.getFailedAgain() + status.getSuppressed())
        .isEqualTo(status.getChanged());
    if (status.getPhase() == OperationPhase.COMPLETED) {
      assertThat(status.getReleased()).isEqualTo(run.total);
    }
  }

  private static String endOf(OperationStatus status) {
    return status.getPhase() != OperationPhase.ABORTED
        ? status.getPhase().name()
        : status.getMessage().contains("circuit") ? "of a circuit" : "of failures";
  }

  @Property(tries = 100)
  void shouldCompleteWhenNothingStandsInItsWay(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int desks, @ForAll boolean ramp) {
    Run run = new Run(seed, desks, 20, ramp, 0);

    run.finish();

    assertThat(run.held.status().getPhase()).isEqualTo(OperationPhase.COMPLETED);
    assertThat(run.ordered).isEqualTo(run.total);
  }

  private static final class Run {
    private final Random random;
    private final int[] counts;
    private final int total;
    private final int window;
    private final boolean ramp;
    private final int badness;
    private final List<Deque<Integer>> orders = new ArrayList<>();
    private final List<DeskReport> reports = new ArrayList<>();
    private final long[] orderedByDesk;
    private final Deque<long[]> releases = new ArrayDeque<>();
    private final Double rate;
    private HeldOperation held;
    private long now = NOW;
    private long underWay;
    private long atDesks;
    private long ordered;
    private long stage = 1;
    private long ofStage;
    private int ends;

    Run(long seed, int desks, int window, boolean ramp, int badness) {
      this.random = new Random(seed);
      this.window = window;
      this.ramp = ramp;
      this.badness = badness;
      this.counts = random.ints(desks, 0, random.nextBoolean() ? 5 : 200).toArray();
      this.counts[0]++;
      this.total = java.util.Arrays.stream(counts).sum();
      this.orderedByDesk = new long[desks];
      this.rate = RATES[random.nextInt(RATES.length)];
      this.held =
          HeldOperation.begun("op", begun(OperationKind.REPLAY, rate, ramp, 0.2, counts), now);
      for (int desk = 0; desk < desks; desk++) {
        orders.add(new ArrayDeque<>());
        boolean changed = badness > 2 && random.nextInt(20) == 0;
        reports.add(selected(desk, counts[desk] + (changed ? 1 : 0), Map.of("a:b", 1L)));
      }
    }

    boolean isOver() {
      return ends > 0 && reports.isEmpty() && underWay + atDesks == 0;
    }

    void step() {
      now += random.nextInt(10) == 0 ? random.nextInt(3_000) : random.nextInt(110);
      switch (random.nextInt(24)) {
        case 0, 1, 2, 3, 4, 5, 6, 7 -> tick();
        case 8, 9, 10, 11, 12 -> workAtDesk();
        case 13, 14, 15 -> outcomes();
        case 16 -> command(new OperationEvent.Paused(""), 3);
        case 17, 18 -> command(new OperationEvent.Resumed(""), 1);
        case 19 -> command(new OperationEvent.Cancelled(""), 200);
        case 20 -> restart();
        default -> deliver();
      }
    }

    /** Everything that is on its way arrives, and nobody pauses any more. */
    void finish() {
      for (int step = 0; step < 200_000 && !isOver(); step++) {
        now += 100;
        if (Operation.takes(held.status().getPhase(), new OperationEvent.Resumed(""))) {
          apply(new OperationEvent.Resumed(""));
        }
        tick();
        workAtDesk();
        outcomes();
        deliver();
      }
    }

    private void tick() {
      boolean blocked = badness > 3 && random.nextInt(200) == 0;
      Window free = new Window(window, held.outstanding(), 1);
      long atMost = Math.min(held.due(now), free.share());
      apply(
          new OperationEvent.Due(
              atMost, blocked ? Optional.of("a circuit is OPEN") : Optional.empty()));
    }

    private void command(OperationEvent command, int oneOf) {
      if (random.nextInt(oneOf) == 0 && Operation.takes(held.status().getPhase(), command)) {
        apply(command);
      }
    }

    private void restart() {
      if (random.nextInt(5) == 0) {
        held = HeldOperation.read("op", held.state(), now);
      }
    }

    private void apply(OperationEvent event) {
      OperationPhase before = held.status().getPhase();
      boolean wasSettled = underWay + atDesks == 0;
      Transition transition = held.apply(event, now);
      if (transition.effects().contains(new OperationEffect.Ended())) {
        ends++;
      }
      long released = transition.released();
      if (released > 0) {
        assertThat(before).isEqualTo(OperationPhase.RUNNING);
        for (OperationEffect effect : transition.effects()) {
          ordered((OperationEffect.Released) effect);
        }
        checkStage(released, wasSettled);
        checkRate(released);
        assertThat(underWay + atDesks).isLessThanOrEqualTo(window);
      }
      if (before != held.status().getPhase()) {
        OperationMoves.check(before, held.status().getPhase());
      }
    }

    private void ordered(OperationEffect.Released some) {
      orders.get(some.desk()).add(some.count());
      orderedByDesk[some.desk()] += some.count();
      assertThat(orderedByDesk[some.desk()]).isLessThanOrEqualTo(counts[some.desk()]);
      ordered += some.count();
      atDesks += some.count();
    }

    private void checkStage(long released, boolean wasSettled) {
      if (!ramp) {
        return;
      }
      if (ofStage == stage) {
        assertThat(wasSettled).as("all of the stage before has ended").isTrue();
        stage *= 10;
        ofStage = 0;
      }
      ofStage += released;
      assertThat(ofStage).isLessThanOrEqualTo(stage);
    }

    private void checkRate(long released) {
      if (rate == null) {
        return;
      }
      releases.add(new long[] {now, released});
      releases.removeIf(each -> each[0] <= now - 1_000);
      assertThat(releases.stream().mapToLong(each -> each[1]).sum())
          .isLessThanOrEqualTo((long) Math.ceil(rate));
    }

    private void workAtDesk() {
      int desk = random.nextInt(orders.size());
      Integer count = orders.get(desk).poll();
      if (count != null) {
        int passed = random.nextInt(4) == 0 ? random.nextInt(count + 1) : 0;
        reports.add(
            report(desk)
                .setReleased(count)
                .setChanged(count - passed)
                .setPassedOver(Map.of("CHANGED", (long) passed))
                .build());
        atDesks -= count;
        underWay += count - passed;
      }
    }

    private void outcomes() {
      if (underWay > 0) {
        long count = 1 + random.nextInt((int) underWay);
        long failed = badness > 1 ? random.nextInt((int) count + 1) / 2 : 0;
        long suppressed = random.nextInt(10) == 0 ? count - failed : 0;
        reports.add(
            report(random.nextInt(orders.size()))
                .setSucceeded(count - failed - suppressed)
                .setFailedAgain(failed)
                .setSuppressed(suppressed)
                .build());
        underWay -= count;
      }
    }

    /** Any of the reports, those of one desk too: what they tell adds up in any order. */
    private void deliver() {
      if (!reports.isEmpty()) {
        DeskReport report = reports.remove(random.nextInt(reports.size()));
        apply(new OperationEvent.Reported(report));
      }
    }
  }
}
