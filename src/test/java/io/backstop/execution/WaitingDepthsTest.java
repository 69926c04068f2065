package io.backstop.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.Priority;
import io.backstop.execution.WaitingDepths.Depth;
import io.backstop.execution.WaitingDepths.LaneName;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WaitingDepthsTest {
  private static final LaneName LOW = new LaneName("notion", Priority.LOW);

  private final WaitingDepths depths = new WaitingDepths();

  @Test
  void shouldAddUpTasksAndGiveTheAgeOfTheOldest() {
    depths.tell("0_0", Map.of(LOW, new Depth(3, 7_000)), Map.of("notion:query", 2L));
    depths.tell("0_1", Map.of(LOW, new Depth(4, 5_500)), Map.of("notion:query", 1L));

    assertThat(depths.waiting(LOW)).isEqualTo(7);
    assertThat(depths.ageSeconds(LOW, 10_000)).isEqualTo(4.5);
    assertThat(depths.held("notion:query")).isEqualTo(3);
  }

  @Test
  void shouldForgetATaskThatIsClosed() {
    depths.tell("0_0", Map.of(LOW, new Depth(3, 7_000)), Map.of());

    depths.forget("0_0");

    assertThat(depths.waiting(LOW)).isZero();
    assertThat(depths.ageSeconds(LOW, 10_000)).isZero();
  }
}
