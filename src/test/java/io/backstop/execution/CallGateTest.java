package io.backstop.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CallGateTest {
  private final CallGate gate = new CallGate();

  @Test
  void shouldLetNoCallStartOnceItIsClosed() {
    assertThat(gate.tryStart()).isTrue();

    gate.close();

    assertThat(gate.tryStart()).isFalse();
    assertThat(gate.inFlight()).isEqualTo(1);
  }

  @Test
  void shouldBeIdleWhenTheLastCallHasEnded() {
    gate.tryStart();
    gate.tryStart();
    gate.close();
    var idle = CompletableFuture.supplyAsync(() -> gate.awaitIdle(Duration.ofSeconds(20)));

    gate.callEnded();
    gate.callEnded();

    assertThat(idle.orTimeout(10, TimeUnit.SECONDS).join()).isTrue();
  }

  @Test
  void shouldGiveUpWaitingAtTheLimit() {
    gate.tryStart();

    assertThat(gate.awaitIdle(Duration.ofMillis(1))).isFalse();
  }
}
