package io.backstop.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.demo.OutagePlan.Change;
import io.backstop.simulator.EmulatedService;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OutagePlanTest {
  private static final Duration OUTAGE = Duration.ofSeconds(5);

  private final List<Change> plan = OutagePlan.of(OUTAGE);

  @Test
  void shouldBeginAndEndWithNotion() {
    assertThat(plan.get(0)).isEqualTo(new Change(Duration.ZERO, EmulatedService.NOTION, true));
    assertThat(plan.get(plan.size() - 1))
        .isEqualTo(new Change(OUTAGE, EmulatedService.NOTION, false));
  }

  @Test
  void shouldBringBackWhateverGoesDown() {
    var byService = plan.stream().collect(Collectors.groupingBy(Change::service));

    assertThat(byService.values())
        .allSatisfy(
            changes -> assertThat(changes).extracting(Change::isDown).containsExactly(true, false));
  }

  @Test
  void shouldBeInTheOrderOfTime() {
    assertThat(plan).isSortedAccordingTo(Comparator.comparing(Change::after));
  }

  @Test
  void shouldTakeTrelloDownForTheSecondHalf() {
    assertThat(plan)
        .contains(
            new Change(Duration.ofMillis(2_500), EmulatedService.TRELLO, true),
            new Change(OUTAGE, EmulatedService.TRELLO, false));
  }
}
