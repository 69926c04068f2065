package io.backstop.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.backstop.action.Priority;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class PriorityTurnTest {
  private static final Set<Priority> ALL = EnumSet.allOf(Priority.class);

  @Test
  void shouldTakeTheHighestThatWaits() {
    var turn = new PriorityTurn(10);

    assertThat(turn.next(EnumSet.of(Priority.MEDIUM, Priority.LOW))).isEqualTo(Priority.MEDIUM);
    assertThat(turn.next(ALL)).isEqualTo(Priority.HIGH);
    assertThat(turn.next(EnumSet.of(Priority.LOW))).isEqualTo(Priority.LOW);
  }

  @Test
  void shouldTakeALowerOneOnceItWasPassedOverOftenEnough() {
    var turn = new PriorityTurn(3);

    var turns = java.util.stream.Stream.generate(() -> turn.next(ALL)).limit(9).toList();

    assertThat(turns)
        .extracting(Priority::name)
        .containsExactly("HIGH", "HIGH", "HIGH", "MEDIUM", "LOW", "HIGH", "HIGH", "MEDIUM", "LOW");
  }

  @Test
  void shouldRefuseToChooseAmongNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PriorityTurn(2).next(EnumSet.noneOf(Priority.class)));
  }

  @Property
  void shouldNeverStarveAPriorityThatKeepsWaiting(
      @ForAll @IntRange(min = 2, max = 12) int starvationTurn,
      @ForAll @NotEmpty List<@NotEmpty Set<Priority>> pattern) {
    var turn = new PriorityTurn(starvationTurn);
    Map<Priority, Integer> passedOver = new EnumMap<>(Priority.class);

    for (int round = 0; round < 5; round++) {
      for (Set<Priority> waiting : pattern) {
        Priority chosen = turn.next(waiting);

        assertThat(waiting).contains(chosen);
        for (Priority priority : Priority.values()) {
          boolean passed = waiting.contains(priority) && priority != chosen;
          passedOver.merge(priority, 1, (before, one) -> passed ? before + one : 0);
          if (!passed) {
            passedOver.put(priority, 0);
          }
          assertThat(passedOver.get(priority)).isLessThanOrEqualTo(starvationTurn + 1);
        }
      }
    }
  }

  @Property
  void shouldTakeTheHighestWhileNoOtherWasPassedOverTooOften(
      @ForAll @IntRange(min = 2, max = 12) int starvationTurn) {
    var turn = new PriorityTurn(starvationTurn);

    for (int i = 0; i < starvationTurn; i++) {
      assertThat(turn.next(ALL)).isEqualTo(Priority.HIGH);
    }
    assertThat(turn.next(ALL)).isNotEqualTo(Priority.HIGH);
  }
}
