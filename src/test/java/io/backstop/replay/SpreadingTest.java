package io.backstop.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.OperationDesk;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SpreadingTest {

  private static OperationDesk desk(long count, long ordered, long worked) {
    return new OperationDesk(count, "", ordered, worked);
  }

  @Test
  void shouldTakeFromEachDeskAsMuchOfWhatItHasAsFromTheOthers() {
    List<OperationDesk> desks = List.of(desk(100, 0, 0), desk(10, 0, 0), desk(0, 0, 0));

    Map<Integer, Integer> counts = Spreading.over(desks, 11, 1_000);

    assertThat(counts).containsExactly(Map.entry(0, 10), Map.entry(1, 1));
  }

  @Test
  void shouldTakeTurnsWhenOneIsReleasedAtATime() {
    List<OperationDesk> desks = List.of(desk(5, 1, 1), desk(5, 0, 0));

    assertThat(Spreading.over(desks, 1, 1_000)).containsExactly(Map.entry(1, 1));
  }

  @Test
  void shouldLeaveADeskThatHasEnoughToDo() {
    List<OperationDesk> desks = List.of(desk(5_000, 1_000, 100), desk(5_000, 1_000, 1_000));

    assertThat(Spreading.over(desks, 10_000, 1_000))
        .containsExactly(Map.entry(0, 100), Map.entry(1, 1_000));
  }

  @Property
  void shouldNeverReleaseMoreThanThereIs(
      @ForAll @Size(max = 8) List<@IntRange(max = 500) Integer> left,
      @ForAll @IntRange(max = 5_000) int total) {
    List<OperationDesk> desks = left.stream().map(each -> desk(each + 3L, 3, 3)).toList();

    Map<Integer, Integer> counts = Spreading.over(desks, total, Long.MAX_VALUE);

    int all = left.stream().mapToInt(Integer::intValue).sum();
    assertThat(counts.values().stream().mapToInt(Integer::intValue).sum())
        .isEqualTo(Math.min(all, total));
    IntStream.range(0, left.size())
        .forEach(
            desk -> assertThat(counts.getOrDefault(desk, 0)).isLessThanOrEqualTo(left.get(desk)));
  }
}
