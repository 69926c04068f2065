package io.backstop.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.Admission;
import io.backstop.action.FailureClass;
import io.backstop.action.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TasksOfOneProcessTest {
  private static final long NOW = 1_700_000_000_000L;

  @TempDir private Path directory;

  @Test
  void shouldStarveNoTaskOfALimitedService() {
    try (var process = new TaskScenario(new TaskScenario.Slow(100), "calls-per-second", "10")) {
      var first = process.task(0, directory);
      var second = process.task(1, directory);
      var third = process.task(2, directory);
      first.tick(NOW);
      second.tick(NOW);
      third.tick(NOW);
      for (int request = 0; request < 100; request++) {
        first.publish(NOW);
        second.publish(NOW);
        third.publish(NOW);
      }

      // tasks of one thread have their turns in the same order again and again
      for (long now = NOW; now < NOW + 9_000; now += 2) {
        first.tick(now);
        second.tick(now);
        third.tick(now);
      }

      assertThat(process.calls).hasSizeBetween(85, 91);
      assertThat(first.started()).isBetween(28L, 32L);
      assertThat(second.started()).isBetween(28L, 32L);
      assertThat(third.started()).isBetween(28L, 32L);
    }
  }

  @Test
  void shouldCallForLiveWorkOfOneTaskBeforeWhatOthersReplay() {
    try (var process = new TaskScenario(new TaskScenario.Slow(100), "calls-per-second", "10")) {
      var live = process.task(0, directory);
      var replaying = process.task(1, directory);
      var too = process.task(2, directory);
      List.of(live, replaying, too).forEach(task -> task.tick(NOW));
      for (int request = 0; request < 100; request++) {
        replaying.replay(NOW);
        too.replay(NOW);
      }

      // five live requests per second, half of what the rate allows
      for (long now = NOW; now < NOW + 10_000; now += 2) {
        if ((now - NOW) % 200 == 0) {
          live.publish(now);
        }
        replaying.tick(now);
        too.tick(now);
        live.tick(now);
      }

      assertThat(live.started()).isBetween(48L, 50L);
      assertThat(replaying.started()).isBetween(20L, 28L);
      assertThat(too.started()).isBetween(20L, 28L);
    }
  }

  @Test
  void shouldNotStarveReplayedWorkThoughLiveWorkTakesAllThereIs() {
    try (var process = new TaskScenario(new TaskScenario.Slow(100), "calls-per-second", "10")) {
      var live = process.task(0, directory);
      var replaying = process.task(1, directory);
      List.of(live, replaying).forEach(task -> task.tick(NOW));
      for (int request = 0; request < 200; request++) {
        replaying.replay(NOW);
        live.publish(NOW);
      }

      for (long now = NOW; now < NOW + 20_000; now += 2) {
        replaying.tick(now);
        live.tick(now);
      }

      assertThat(replaying.started()).isBetween(10L, 30L);
      assertThat(live.started()).isGreaterThan(160);
    }
  }

  @Test
  void shouldGiveBackThePermitsOfCallsThatAreGivenUpWithTheTask() {
    try (var process = new TaskScenario(new TaskScenario.Slow(0))) {
      var permit = new Admission.Granted(Optional.of("1-1"));
      process.admission = permit;
      process.answer = new CompletableFuture<>();
      var task = process.task(0, directory);
      task.tick(NOW);
      task.publish(NOW);

      task.close();

      assertThat(process.calls).hasSize(1);
      assertThat(process.abandoned).containsExactly(permit);
    }
  }

  @Test
  void shouldGiveBackThePermitOfACallForWhichARequestCannotBeConverted() {
    try (var process = new TaskScenario(new TaskScenario.Slow(0))) {
      var permit = new Admission.Granted(Optional.of("1-1"));
      process.admission = permit;
      var task = process.task(0, directory);
      task.tick(NOW);

      task.publishAsFallback(NOW);

      assertThat(process.calls).isEmpty();
      assertThat(process.notUsed).containsExactly(permit);
    }
  }

  @Test
  void shouldTellTheRateWhatSucceededWhatWasTooMuchAndWhatElseAskedToWait() {
    var rate = new TaskScenario.Slow(0);
    try (var process = new TaskScenario(rate)) {
      var task = process.task(0, directory);
      task.tick(NOW);

      task.publish(NOW);
      process.answer = CompletableFuture.completedFuture(refused(FailureClass.RATE_LIMITED, 429));
      task.publish(NOW + 1);
      process.answer = CompletableFuture.completedFuture(refused(FailureClass.SERVER_ERROR, 503));
      task.publish(NOW + 2);

      assertThat(rate.told).containsExactly("succeeded", "throttled", "paused");
    }
  }

  private static Outcome refused(FailureClass failureClass, int status) {
    return new Outcome.Retryable(
        failureClass, "wait", OptionalInt.of(status), Optional.of(Duration.ofSeconds(1)));
  }
}
