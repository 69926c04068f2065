package io.backstop.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ServiceSlotsTest {

  @Test
  void shouldGiveAllSlotsToATaskThatIsAlone() {
    var slots = new ServiceSlots(() -> 3, 4);

    for (int i = 0; i < 3; i++) {
      assertThat(slots.tryAcquire("a", Demand.URGENT)).isTrue();
    }
    assertThat(slots.tryAcquire("a", Demand.URGENT)).isFalse();
  }

  @Test
  void shouldKeepATaskToItsShareWhileAnotherWaits() {
    var slots = new ServiceSlots(() -> 4, 4);
    slots.tryAcquire("a", Demand.URGENT);
    slots.tryAcquire("a", Demand.URGENT);
    slots.setWaiting("b", Demand.URGENT);

    assertThat(slots.tryAcquire("a", Demand.URGENT)).isFalse();
    assertThat(slots.tryAcquire("b", Demand.URGENT)).isTrue();
    assertThat(slots.tryAcquire("b", Demand.URGENT)).isTrue();
  }

  @Test
  void shouldGiveTheTurnToTasksWithoutASlotWhileTheOneInFrontHoldsOneThatHangs() {
    var slots = new ServiceSlots(() -> 2, 4);
    for (String task : List.of("a", "b", "c")) {
      slots.setWaiting(task, Demand.URGENT);
    }
    assertThat(slots.tryAcquire("a", Demand.URGENT)).isTrue();
    for (String task : List.of("b", "c")) {
      assertThat(slots.tryAcquire(task, Demand.URGENT)).isTrue();
      slots.release(task);
    }

    assertThat(slots.tryAcquire("a", Demand.URGENT)).isFalse();
    assertThat(slots.tryAcquire("b", Demand.URGENT)).isTrue();
  }

  @Test
  void shouldGiveBackWhatAClosingTaskHeldAndWaitedFor() {
    var slots = new ServiceSlots(() -> 2, 4);
    slots.tryAcquire("a", Demand.URGENT);
    slots.setWaiting("a", Demand.URGENT);

    slots.forget("a");

    assertThat(slots.inUse()).isZero();
    assertThat(slots.tryAcquire("b", Demand.URGENT)).isTrue();
    assertThat(slots.tryAcquire("b", Demand.URGENT)).isTrue();
  }

  @Test
  void shouldRefuseToTakeBackASlotThatWasNotGiven() {
    var slots = new ServiceSlots(() -> 2, 4);
    slots.tryAcquire("a", Demand.URGENT);

    assertThatIllegalStateException().isThrownBy(() -> slots.release("b"));
  }

  @Property
  void shouldNeverGiveMoreThanTheLimitAndCountEachSlot(
      @ForAll @IntRange(min = 1, max = 6) int limit,
      @ForAll @Size(max = 300) List<@IntRange(min = 0, max = 15) Integer> steps) {
    var slots = new ServiceSlots(() -> limit, 4);
    Map<Integer, Integer> held = new HashMap<>();

    for (int step : steps) {
      int task = step % 4;
      switch (step / 4) {
        case 0 -> {
          if (slots.tryAcquire(task, Demand.values()[1 + step % 2])) {
            held.merge(task, 1, Integer::sum);
          }
        }
        case 1 -> {
          if (held.getOrDefault(task, 0) > 0) {
            slots.release(task);
            held.merge(task, -1, Integer::sum);
          }
        }
        case 2 -> slots.setWaiting(task, Demand.values()[held.size() % 3]);
        default -> {
          slots.forget(task);
          held.remove(task);
        }
      }

      int all = held.values().stream().mapToInt(Integer::intValue).sum();
      assertThat(slots.inUse()).isEqualTo(all).isLessThanOrEqualTo(limit);
    }
  }

  /** As the processors use it: each gives one back and at once asks for the next. */
  @Property
  void shouldLetEveryWaitingTaskHaveItsTurnHoweverFewSlotsThereAre(
      @ForAll @IntRange(min = 1, max = 5) int limit,
      @ForAll @IntRange(min = 1, max = 8) int tasks,
      @ForAll @IntRange(min = 0, max = 8) int patient) {
    var slots = new ServiceSlots(() -> limit, 4);
    Map<Integer, Integer> starts = new HashMap<>();
    Map<Integer, Integer> held = new HashMap<>();
    for (int task = 0; task < tasks; task++) {
      slots.setWaiting(task, demand(task, patient));
    }

    for (int round = 0; round < 200 * tasks; round++) {
      int task = round % tasks;
      if (held.getOrDefault(task, 0) > 0) {
        slots.release(task);
        held.merge(task, -1, Integer::sum);
      }
      while (slots.tryAcquire(task, demand(task, patient))) {
        held.merge(task, 1, Integer::sum);
        starts.merge(task, 1, Integer::sum);
      }
    }

    for (int task = 0; task < tasks; task++) {
      assertThat(starts.getOrDefault(task, 0)).as("starts of task %d", task).isGreaterThan(1);
    }
  }

  private static Demand demand(int task, int patient) {
    return task < patient ? Demand.PATIENT : Demand.URGENT;
  }

  @Test
  void shouldMakeWayForATaskWithLiveWorkWhereTheOthersHaveOnlyLow() {
    var slots = new ServiceSlots(() -> 4, 10);
    for (String task : List.of("a", "b", "c")) {
      slots.setWaiting(task, Demand.PATIENT);
      slots.tryAcquire(task, Demand.PATIENT);
    }
    slots.setWaiting("live", Demand.URGENT);

    assertThat(slots.tryAcquire("a", Demand.PATIENT)).isFalse();
    assertThat(slots.tryAcquire("live", Demand.URGENT)).isTrue();
    slots.release("a");
    assertThat(slots.tryAcquire("a", Demand.PATIENT)).isFalse();
    assertThat(slots.tryAcquire("live", Demand.URGENT)).isTrue();
  }
}
