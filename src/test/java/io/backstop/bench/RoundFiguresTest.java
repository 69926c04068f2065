package io.backstop.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.backstop.bench.RoundFigures.Mark;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundFiguresTest {

  @Test
  void shouldLeaveOutTheFirstAndTheLastTenth() {
    List<Mark> marks =
        List.of(
            at(0, 0, 0),
            at(9_000, 0, 3_000),
            at(9_100, 100, 3_100),
            at(9_500, 500, 3_300),
            at(9_900, 900, 3_900),
            at(20_000, 1_000, 4_000));

    RoundFigures figures = RoundFigures.between(marks, 1_000);

    assertThat(figures.perSecond()).isCloseTo(1_000.0, within(0.001));
    assertThat(figures.cpuPerThousand()).isCloseTo(1.0, within(0.001));
  }

  @Test
  void shouldMeasureFromTheMarkBeforeWhenAllBecomeVisibleAtOnce() {
    List<Mark> marks = List.of(at(0, 0, 0), at(100, 0, 10), at(200, 300, 40));

    RoundFigures figures = RoundFigures.between(marks, 300);

    assertThat(figures.perSecond()).isCloseTo(3_000.0, within(0.001));
    assertThat(figures.cpuPerThousand()).isCloseTo(0.1, within(0.001));
  }

  private static Mark at(long millis, long visible, long cpuMillis) {
    return new Mark(millis * 1_000_000, visible, cpuMillis * 1_000_000, 0);
  }
}
