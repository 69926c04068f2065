package io.backstop.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionRequest;
import io.backstop.action.ActionResult;
import io.backstop.action.Attempt;
import io.backstop.action.AttemptOutcome;
import io.backstop.action.FallbackStatistics;
import io.backstop.action.FleetKey;
import io.backstop.action.FleetState;
import io.backstop.action.Priority;
import io.backstop.action.QueueCounts;
import io.backstop.action.StoreNames;
import io.backstop.client.FleetStates;
import io.backstop.testing.BrokerExtension;
import io.backstop.testing.TestConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What is parked outlives its processor: it is counted, and runs later in its priority. */
class RetryQueueIT {
  @RegisterExtension static final BrokerExtension BROKER = new BrokerExtension();
  private static final int PARKED = 90;
  private static final int EACH = PARKED / Priority.values().length;

  /** So that the first ones to be parked, and to be due, are not the first ones to be run. */
  private static final List<Priority> LOWEST_FIRST =
      List.of(Priority.LOW, Priority.MEDIUM, Priority.HIGH);

  @TempDir private Path temp;
  private ProcessorScenario flow;

  @Test
  void shouldRunLaterAndByPriorityWhatWasParkedBeforeACrash() {
    try (var scenario =
        new ProcessorScenario(
            BROKER,
            temp,
            "backstop.retry.max-attempts",
            "1",
            "backstop.circuit.trip-on",
            "slow-call-rate",
            "backstop.execution.max-concurrent-calls",
            "" + ProcessorScenario.PARTITIONS,
            "backstop.execution.starvation-turn",
            "" + PARKED,
            "backstop.fallback.strategies.\"notion:createPage\".steps",
            "queue:retry",
            "backstop.fallback.parking.delay",
            "10s",
            "backstop.kafka.group-protocol",
            "classic",
            "backstop.kafka.group-instance-id",
            "the-one")) {
      flow = scenario;
      publish();
      List<String> small = List.of("-Xmx256m", "-XX:TieredStopAtLevel=1");
      QueueCounts before;
      try (var victim = ProcessorProcess.start(small, "failing", flow.settings())) {
        before = awaitQueue(queue -> queue.getWaiting() == PARKED);
        victim.kill();
      }
      var released = new CompletableFuture<Void>();
      TestTarget target = TestTarget.heldUntil(released);
      try (var heir = flow.start(target)) {
        QueueCounts due = awaitQueue(queue -> queue.getDue() == PARKED);
        int held = target.calls.size();
        released.complete(null);
        flow.awaitOutcomes(PARKED);
        flow.readOn();
        QueueCounts after = awaitQueue(queue -> queue.getSucceeded() == PARKED);

        assertThat(List.of(before, due)).allSatisfy(RetryQueueIT::assertAllCounted);
        assertThat(after.getWaiting() + after.getDue()).isZero();
        assertThat(after.getByPriority()).isEmpty();
        assertThat(after.getBySubmitter()).isEmpty();
        assertThat(held).isEqualTo(ProcessorScenario.PARTITIONS);
        assertThat(heir.fatal()).isNotDone();
      }

      assertThat(flow.letters()).isEmpty();
      assertThat(flow.results())
          .extracting(ActionResult::getRequestId)
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, PARKED).mapToObj(number -> "r-" + number).toList());
      assertThat(flow.results()).allSatisfy(RetryQueueIT::assertRunLater);
      for (int partition = 0; partition < ProcessorScenario.PARTITIONS; partition++) {
        assertThat(prioritiesOfCalls(target, partition))
            .as("after the calls that were held, on partition %d", partition)
            .isSortedAccordingTo(Comparator.comparing(LOWEST_FIRST::indexOf).reversed());
      }
      var committed = new CommittedRecords(TestConfig.with(flow.settings()));
      assertThat(committed.entriesOf(StoreNames.IN_FLIGHT)).isZero();
      assertThat(committed.entriesOf(StoreNames.BACKING_OFF)).isZero();
    }
  }

  private void publish() {
    for (int number = 0; number < PARKED; number++) {
      String id = "r-" + number;
      ActionRequest request =
          ActionRequest.newBuilder(ProcessorScenario.request(id))
              .setPriority(priority(number))
              .setSubmitter(number % 2 == 0 ? "ann" : "bob")
              .build();
      flow.producer.send(
          new ProducerRecord<>(
              flow.topics.requests(),
              number % ProcessorScenario.PARTITIONS,
              ProcessorScenario.utf8(id),
              flow.encoder.encode(request)));
    }
    flow.producer.flush();
  }

  private static Priority priority(int number) {
    return LOWEST_FIRST.get(number / EACH);
  }

  /** The retry queue as the fleet's statistics tell it, once it is as it should be. */
  private QueueCounts awaitQueue(Predicate<QueueCounts> asItShouldBe) {
    List<QueueCounts> seen = new ArrayList<>();
    Awaitility.await("the statistics of the retry queue")
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              seen.add(queue());
              return asItShouldBe.test(seen.get(seen.size() - 1));
            });
    return seen.get(seen.size() - 1);
  }

  private QueueCounts queue() {
    try (var states = FleetStates.open(TestConfig.with(flow.settings()), problem -> {})) {
      FleetState state = states.read().get(FleetKey.FALLBACKS.of(""));
      FallbackStatistics statistics = state == null ? null : state.getFallbacks();
      return statistics == null ? QueueCounts.newBuilder().build() : statistics.getQueue();
    }
  }

  private static void assertAllCounted(QueueCounts queue) {
    long each = EACH;
    assertThat(queue.getWaiting() + queue.getDue()).isEqualTo(PARKED);
    assertThat(queue.getByPriority()).isEqualTo(Map.of("HIGH", each, "MEDIUM", each, "LOW", each));
    assertThat(queue.getBySubmitter()).isEqualTo(Map.of("ann", PARKED / 2L, "bob", PARKED / 2L));
  }

  private static void assertRunLater(ActionResult result) {
    assertThat(result.getExecutedBy()).isEqualTo(TestTarget.NAME);
    assertThat(result.getExecutedViaFallback()).isTrue();
    assertThat(result.getFallbackAction()).isEqualTo("queue:retry");
    assertThat(result.getOriginalError()).isEqualTo("SERVER_ERROR: down");
    assertThat(result.getAttempts())
        .extracting(Attempt::getOutcome)
        .containsExactly(AttemptOutcome.RETRYABLE, AttemptOutcome.PARKED, AttemptOutcome.SUCCEEDED);
  }

  private static List<Priority> prioritiesOfCalls(TestTarget target, int partition) {
    return target.calls.stream()
        .skip(ProcessorScenario.PARTITIONS)
        .map(call -> Integer.parseInt(call.requestId().substring(2)))
        .filter(number -> number % ProcessorScenario.PARTITIONS == partition)
        .map(RetryQueueIT::priority)
        .toList();
  }
}
