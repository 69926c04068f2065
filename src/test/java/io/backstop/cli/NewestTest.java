package io.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NewestTest {
  private final Newest<Integer> newest = new Newest<>(2);

  @Test
  void shouldKeepTheNewest() {
    for (int second : new int[] {3, 1, 5, 2, 4}) {
      newest.offer(Instant.ofEpochSecond(second), () -> second);
    }

    assertThat(newest.oldestFirst()).containsExactly(4, 5);
    assertThat(newest.seen()).isEqualTo(5);
  }

  @Test
  void shouldNotMakeWhatItDoesNotKeep() {
    var made = new AtomicInteger();

    for (int second = 100; second > 0; second--) {
      newest.offer(Instant.ofEpochSecond(second), made::incrementAndGet);
    }

    assertThat(made).hasValue(2);
  }
}
