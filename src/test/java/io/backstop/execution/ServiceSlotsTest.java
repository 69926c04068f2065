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
    var slots = new ServiceSlots(() -> 3);

    for (int i = 0; i < 3; i++) {
      assertThat(slots.tryAcquire("a")).isTrue();
    }
    assertThat(slots.tryAcquire("a")).isFalse();
  }

  @Test
  void shouldKeepATaskToItsShareWhileAnotherWaits() {
    var slots = new ServiceSlots(() -> 4);
    slots.tryAcquire("a");
    slots.tryAcquire("a");
    slots.setWaiting("b", true);

    assertThat(slots.tryAcquire("a")).isFalse();
    assertThat(slots.tryAcquire("b")).isTrue();
    assertThat(slots.tryAcquire("b")).isTrue();
  }

  @Test
  void shouldGiveBackWhatAClosingTaskHeldAndWaitedFor() {
    var slots = new ServiceSlots(() -> 2);
    slots.tryAcquire("a");
    slots.setWaiting("a", true);

    slots.forget("a");

    assertThat(slots.inUse()).isZero();
    assertThat(slots.tryAcquire("b")).isTrue();
    assertThat(slots.tryAcquire("b")).isTrue();
  }

  @Test
  void shouldRefuseToTakeBackASlotThatWasNotGiven() {
    var slots = new ServiceSlots(() -> 2);
    slots.tryAcquire("a");

    assertThatIllegalStateException().isThrownBy(() -> slots.release("b"));
  }

  @Property
  void shouldNeverGiveMoreThanTheLimitAndCountEachSlot(
      @ForAll @IntRange(min = 1, max = 6) int limit,
      @ForAll @Size(max = 300) List<@IntRange(min = 0, max = 15) Integer> steps) {
    var slots = new ServiceSlots(() -> limit);
    Map<Integer, Integer> held = new HashMap<>();

    for (int step : steps) {
      int task = step % 4;
      switch (step / 4) {
        case 0 -> {
          if (slots.tryAcquire(task)) {
            held.merge(task, 1, Integer::sum);
          }
        }
        case 1 -> {
          if (held.getOrDefault(task, 0) > 0) {
            slots.release(task);
            held.merge(task, -1, Integer::sum);
          }
        }
        case 2 -> slots.setWaiting(task, held.size() % 2 == 0);
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
      @ForAll @IntRange(min = 1, max = 8) int tasks) {
    var slots = new ServiceSlots(() -> limit);
    Map<Integer, Integer> starts = new HashMap<>();
    Map<Integer, Integer> held = new HashMap<>();
    for (int task = 0; task < tasks; task++) {
      slots.setWaiting(task, true);
    }

    for (int round = 0; round < 20 * tasks; round++) {
      int task = round % tasks;
      if (held.getOrDefault(task, 0) > 0) {
        slots.release(task);
        held.merge(task, -1, Integer::sum);
      }
      while (slots.tryAcquire(task)) {
        held.merge(task, 1, Integer::sum);
        starts.merge(task, 1, Integer::sum);
      }
    }

    for (int task = 0; task < tasks; task++) {
      assertThat(starts.getOrDefault(task, 0)).as("starts of task %d", task).isGreaterThan(1);
    }
  }
}
