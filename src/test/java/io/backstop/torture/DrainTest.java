package io.backstop.torture;

import static io.backstop.torture.Drain.Stage.DONE;
import static io.backstop.torture.Drain.Stage.OVERDUE;
import static io.backstop.torture.Drain.Stage.WAITING;
import static io.backstop.torture.Drain.Stage.WATCHING;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DrainTest {
  private static final long T = 1_000_000;
  private final Drain drain = new Drain(T, Duration.ofSeconds(60), Duration.ofSeconds(10));

  @Test
  void shouldWatchOnForALateOutcomeOnceAllAreThere() {
    assertThat(drain.look(100, 99, T + 1_000)).isEqualTo(WAITING);
    assertThat(drain.look(100, 100, T + 2_000)).isEqualTo(WATCHING);
    assertThat(drain.look(100, 100, T + 11_999)).isEqualTo(WATCHING);
    assertThat(drain.look(100, 100, T + 12_000)).isEqualTo(DONE);
  }

  @Test
  void shouldEndAsSoonAsThereIsOneTooMany() {
    drain.look(100, 100, T + 2_000);

    assertThat(drain.look(100, 101, T + 3_000)).isEqualTo(DONE);
  }

  @Test
  void shouldGiveUpWhenPatienceIsOverButNotWhileItWatches() {
    assertThat(drain.look(100, 100, T + 59_000)).isEqualTo(WATCHING);
    assertThat(drain.look(100, 100, T + 61_000)).isEqualTo(WATCHING);
    assertThat(drain.look(100, 99, T + 60_000)).isEqualTo(OVERDUE);
  }
}
