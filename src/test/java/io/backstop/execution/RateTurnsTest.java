package io.backstop.execution;

import static io.backstop.execution.Demand.PATIENT;
import static io.backstop.execution.Demand.URGENT;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateTurnsTest {
  private static final long NOW = 1_700_000_000_000L;

  private final RateTurns turns = new RateTurns(3);

  @Test
  void shouldGiveTheTurnToWhoWasRefusedFirst() {
    turns.refused("a", URGENT, NOW);
    turns.refused("b", URGENT, NOW + 1);

    assertThat(turns.isTurnOf("b", URGENT, NOW + 2)).isFalse();
    assertThat(turns.isTurnOf("c", URGENT, NOW + 2)).isFalse();
    assertThat(turns.isTurnOf("a", URGENT, NOW + 2)).isTrue();
  }

  @Test
  void shouldLetTasksWithLiveWorkGoFirst() {
    turns.refused("replaying", PATIENT, NOW);

    assertThat(turns.isTurnOf("live", URGENT, NOW + 1)).isTrue();
    turns.refused("live", URGENT, NOW + 1);
    assertThat(turns.isTurnOf("replaying", PATIENT, NOW + 2)).isFalse();
  }

  @Test
  void shouldLetAPatientTaskHaveItsTurnWhereOthersWentFirstOftenEnough() {
    turns.refused("replaying", PATIENT, NOW);
    turns.refused("live", URGENT, NOW);
    for (int i = 0; i < 3; i++) {
      assertThat(turns.isTurnOf("live", URGENT, NOW + i)).isTrue();
      turns.started("live", URGENT, NOW + i);
      turns.refused("live", URGENT, NOW + i);
    }

    assertThat(turns.isTurnOf("live", URGENT, NOW + 3)).isFalse();
    assertThat(turns.isTurnOf("replaying", PATIENT, NOW + 3)).isTrue();
    turns.started("replaying", PATIENT, NOW + 3);
    assertThat(turns.isTurnOf("live", URGENT, NOW + 4)).isTrue();
  }

  @Test
  void shouldWaitForNobodyWhoAsksNoMore() {
    turns.refused("gone", URGENT, NOW);

    assertThat(turns.isTurnOf("replaying", PATIENT, NOW + 50)).isFalse();
    assertThat(turns.isTurnOf("replaying", PATIENT, NOW + 101)).isTrue();
  }
}
