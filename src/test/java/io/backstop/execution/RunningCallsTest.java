package io.backstop.execution;

import static io.backstop.action.Admission.CALL;
import static io.backstop.execution.SampleCalls.call;
import static io.backstop.execution.SampleCalls.service;
import static io.backstop.execution.SampleCalls.work;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.config.Policies;
import io.backstop.testing.TestConfig;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RunningCallsTest {
  private final RunningCalls running = new RunningCalls();

  @Test
  void shouldTakeOutACallOnce() {
    var call = call("r-1", 0);
    running.add(call);

    assertThat(running.remove(call)).isTrue();
    assertThat(running.remove(call)).isFalse();
  }

  @Test
  void shouldNotTakeARepeatOfACallForTheCallItself() {
    var first = call("r-1", 0);
    var repeat = call("r-1", 50);
    running.add(first);
    running.remove(first);
    running.add(repeat);

    assertThat(running.remove(first)).isFalse();
    assertThat(running.remove(repeat)).isTrue();
  }

  @Test
  void shouldTakeOutExactlyTheOverdueOnes() {
    var old = call("r-1", 0);
    var young = call("r-2", 1);
    running.add(old);
    running.add(young);

    assertThat(running.takeOverdue(99)).isEmpty();
    assertThat(running.takeOverdue(100)).containsExactly(old);
    assertThat(running.takeOverdue(100)).isEmpty();
    assertThat(running.takeAll()).containsExactly(young);
    assertThat(running.takeAll()).isEmpty();
  }

  @Test
  void shouldFindAnOverdueCallBehindOneThatWasGivenMoreTime() {
    var policies = new Policies(TestConfig.with("backstop.execution.timeout", "60s"));
    var slow = new RunningCall(work("r-1"), service(policies), CALL, 1, 0, java.util.List.of());
    running.add(slow);
    policies.change("notion", Map.of("timeout", "100ms"));
    var quick = new RunningCall(work("r-2"), service(policies), CALL, 1, 1, java.util.List.of());
    running.add(quick);

    assertThat(running.takeOverdue(101)).containsExactly(slow, quick);
  }

  @Test
  void shouldBearAStageThatCannotBeCancelled() {
    var call = call("r-1", 0);
    call.started(new Uncancellable());

    call.cancel();
  }

  private static final class Uncancellable extends CompletableFuture<io.backstop.action.Outcome> {
    @Override
    public CompletableFuture<io.backstop.action.Outcome> toCompletableFuture() {
      throw new UnsupportedOperationException();
    }
  }
}
