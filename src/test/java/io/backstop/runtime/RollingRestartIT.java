package io.backstop.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.backstop.action.ActionResult;
import io.backstop.testing.BrokerExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A fleet is restarted one instance after the other under load, and nobody notices. */
@Tag("long")
class RollingRestartIT {
  @RegisterExtension static final BrokerExtension BROKER = new BrokerExtension();
  private static final int INSTANCES = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path temp;
  private final TestTarget target = TestTarget.answeringAfter(Duration.ofMillis(50));
  private final ScheduledExecutorService load = Executors.newSingleThreadScheduledExecutor();
  private final AtomicInteger published = new AtomicInteger();
  private final List<ActionProcessor> instances = new ArrayList<>();
  private ProcessorScenario flow;
  private boolean fixed;

  @AfterEach
  void close() {
    load.shutdownNow();
    instances.forEach(ActionProcessor::close);
    flow.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"streams", "classic"})
  void shouldGiveEachRequestOneOutcome(String protocol) {
    startAll("backstop.kafka.group-protocol", protocol);
    await("warm copies").atMost(PATIENCE).until(this::eachHasAllTasks);

    restartInTurn();

    assertOneOutcomeEach();
    assertThat(target.calls.stream().map(TestTarget.Call::idempotencyKey).distinct())
        .as("a call that was repeated bore its key again")
        .hasSize(published.get());
  }

  @Test
  void shouldRepeatNoCallWhenFixedMembersRestart() {
    startAll(
        "backstop.kafka.group-protocol",
        "classic",
        "backstop.kafka.session-timeout",
        "45s",
        "backstop.kafka.transaction-timeout",
        "30s");

    restartInTurn();

    assertOneOutcomeEach();
    assertThat(flow.results()).allMatch(result -> result.getAttempts().size() == 1);
    assertThat(target.calls).hasSize(published.get());
  }

  private void startAll(String... settings) {
    flow = new ProcessorScenario(BROKER, temp, settings);
    fixed = settings.length > 2;
    List<CompletableFuture<ActionProcessor>> starts =
        IntStream.range(0, INSTANCES)
            .mapToObj(each -> CompletableFuture.supplyAsync(() -> start(each)))
            .toList();
    starts.forEach(each -> instances.add(each.join()));
  }

  private ActionProcessor start(int instance) {
    var changes = new ArrayList<String>();
    changes.addAll(List.of("backstop.kafka.state-dir", directory(instance).toString()));
    if (fixed) {
      changes.addAll(List.of("backstop.kafka.group-instance-id", "instance-" + instance));
    }
    return flow.start(target, changes.toArray(String[]::new));
  }

  private Path directory(int instance) {
    return temp.resolve("instance-" + instance);
  }

  /** Its own and the copies of the other's. */
  private boolean eachHasAllTasks() {
    String group = flow.topics.prefix().substring(0, flow.topics.prefix().length() - 1);
    return IntStream.range(0, INSTANCES)
        .mapToObj(each -> directory(each).resolve(group))
        .allMatch(
            state ->
                IntStream.range(0, ProcessorScenario.PARTITIONS)
                    .allMatch(partition -> Files.exists(state.resolve("0_" + partition))));
  }

  private void restartInTurn() {
    load.scheduleAtFixedRate(this::publish, 0, 20, TimeUnit.MILLISECONDS);
    for (int instance = 0; instance < INSTANCES; instance++) {
      awaitProgress();
      instances.get(instance).close();
      instances.set(instance, start(instance));
    }
    awaitProgress();
    load.shutdown();
    await().atMost(PATIENCE).until(load::isTerminated);
  }

  private void awaitProgress() {
    flow.awaitOutcomes(flow.resultRecords.size() + 50);
  }

  private void publish() {
    flow.publish(ProcessorScenario.request("r-" + published.getAndIncrement()));
  }

  private void assertOneOutcomeEach() {
    flow.producer.flush();
    flow.awaitOutcomes(published.get());
    flow.readOn();
    assertThat(flow.letters()).isEmpty();
    assertThat(flow.results())
        .extracting(ActionResult::getRequestId)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, published.get()).mapToObj(number -> "r-" + number).toList());
  }
}
