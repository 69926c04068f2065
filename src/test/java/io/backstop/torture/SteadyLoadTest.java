package io.backstop.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SteadyLoadTest {

  @Test
  void shouldGoOnAfterAStepThatThrowsAndCountIt() throws Exception {
    var steps = new CountDownLatch(3);
    Runnable step =
        () -> {
          steps.countDown();
          if (steps.getCount() == 2) {
            throw new IllegalStateException("the first one");
          }
        };

    try (var pace = new SteadyLoad(step)) {
      pace.start(1_000);

      assertThat(steps.await(30, TimeUnit.SECONDS)).isTrue();
      pace.finish();
      assertThat(pace.failed()).isEqualTo(1);
    }
  }
}
