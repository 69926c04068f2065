package io.backstop.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionRequest;
import io.backstop.action.ActionResult;
import io.backstop.action.Attempt;
import io.backstop.action.PayloadFamily;
import io.backstop.action.PolicyOverrides;
import io.backstop.testing.BrokerExtension;
import io.backstop.testing.TestConfig;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hops come back to the task that sent them, whatever partition an upstream chose for a key. */
class UpstreamPartitionerIT {
  @RegisterExtension static final BrokerExtension BROKER = new BrokerExtension();
  private static final int REQUESTS = 300;

  /** On every partition, so that a hash of it leads to another one for most requests. */
  private static final byte[] KEY = ProcessorScenario.utf8("customer-7");

  private static final PayloadFamily TASK = PayloadFamily.TASK;

  @TempDir private Path temp;
  private final FixedTarget broken = FixedTarget.failing("broken:create", TASK);
  private final FixedTarget worse = FixedTarget.failing("worse:create", TASK);
  private final FixedTarget spare = FixedTarget.succeeding("spare:create", TASK);

  @ParameterizedTest
  @ValueSource(strings = {"by-record-key", "by-idempotency-key"})
  void shouldGoThroughTheStepsOfRequestsOnAnyPartition(String partitioning) {
    try (var flow =
        new ProcessorScenario(BROKER, temp, "backstop.intake.partitioning", partitioning)) {
      var config = TestConfig.with(flow.settings());
      Outside outside = TestOutside.of(broken, worse, spare);
      publish(flow);

      try (var processor = ActionProcessor.start(config, outside, Clock.systemUTC())) {
        flow.awaitOutcomes(REQUESTS);
        flow.readOn();
        assertThat(processor.fatal()).isNotDone();
      }

      assertThat(flow.letters()).isEmpty();
      assertThat(flow.results())
          .extracting(ActionResult::getRequestId)
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, REQUESTS).mapToObj(number -> "r-" + number).toList());
      assertThat(flow.results())
          .allSatisfy(
              result ->
                  assertThat(result.getAttempts())
                      .extracting(Attempt::getTarget)
                      .containsExactly("broken:create", "worse:create", "spare:create"));
      assertThat(flow.resultRecords)
          .allSatisfy(
              result -> assertThat(result.key()).isEqualTo(key(result.value().getRequestId())));
      assertThat(List.of(broken, worse, spare))
          .allSatisfy(target -> assertThat(target.requests).hasSize(REQUESTS));
      var committed = new CommittedRecords(config);
      boolean byKey = partitioning.equals("by-idempotency-key");
      var admitted =
          byPartition(committed.of(byKey ? flow.topics.requestsByKey() : flow.topics.requests()));
      assertThat(byPartition(committed.of(flow.topics.fallback("worse:create"))))
          .isEqualTo(admitted);
      assertThat(byPartition(committed.of(flow.topics.fallback("spare:create"))))
          .isEqualTo(admitted);
    }
  }

  private static void publish(ProcessorScenario flow) {
    PolicyOverrides policy =
        PolicyOverrides.newBuilder()
            .setFallbackSteps(List.of("worse:create", "spare:create"))
            .build();
    for (int number = 0; number < REQUESTS; number++) {
      ActionRequest request =
          ActionRequest.newBuilder(ProcessorScenario.request("r-" + number))
              .setAction("broken:create")
              .setPolicy(policy)
              .build();
      flow.producer.send(
          new ProducerRecord<>(
              flow.topics.requests(),
              number % ProcessorScenario.PARTITIONS,
              key(request.getRequestId()),
              flow.encoder.encode(request)));
    }
    flow.producer.flush();
  }

  /** None for every fourth. */
  private static byte[] key(String requestId) {
    return Integer.parseInt(requestId.substring(2)) % 4 == 0 ? null : KEY;
  }

  private static Map<Integer, Long> byPartition(List<ConsumerRecord<byte[], byte[]>> records) {
    return records.stream()
        .collect(
            Collectors.groupingBy(ConsumerRecord::partition, TreeMap::new, Collectors.counting()));
  }
}
