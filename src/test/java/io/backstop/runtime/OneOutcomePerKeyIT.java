package io.backstop.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionRequest;
import io.backstop.action.ActionResult;
import io.backstop.testing.BrokerExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One call and one own result per idempotency key; every duplicate is answered and marked. */
class OneOutcomePerKeyIT {
  @RegisterExtension static final BrokerExtension BROKER = new BrokerExtension();
  private static final int KEYS = 150;
  private static final int COPIES = 4;

  @TempDir private Path temp;
  private ProcessorScenario flow;

  @AfterEach
  void close() {
    flow.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"by-record-key", "by-idempotency-key"})
  void shouldCallOncePerKeyWhileInFlightWhenFinishedAndAcrossARestart(String partitioning) {
    flow =
        new ProcessorScenario(
            BROKER,
            temp,
            "backstop.intake.partitioning",
            partitioning,
            "backstop.execution.max-concurrent-calls",
            "20");
    boolean keyed = partitioning.equals("by-record-key");
    List<TestTarget.Call> calls = new ArrayList<>();
    for (int copy = 0; copy < COPIES / 2; copy++) {
      publishAll(copy, keyed);
    }

    var first = TestTarget.answeringAfter(Duration.ofMillis(20));
    try (var processor = flow.start(first)) {
      flow.awaitOutcomes(KEYS / 2);
      assertThat(processor.fatal()).isNotDone();
    }
    calls.addAll(first.calls);
    for (int copy = COPIES / 2; copy < COPIES; copy++) {
      publishAll(copy, keyed);
    }
    var second = TestTarget.answeringAfter(Duration.ofMillis(20));
    try (var processor = flow.start(second)) {
      flow.awaitOutcomes(KEYS * COPIES);
      flow.readOn();
      assertThat(processor.fatal()).isNotDone();
    }
    calls.addAll(second.calls);

    assertThat(calls).extracting(TestTarget.Call::idempotencyKey).doesNotHaveDuplicates();
    assertThat(calls).hasSize(KEYS);
    assertThat(flow.letters()).isEmpty();
    assertThat(flow.results())
        .extracting(ActionResult::getRequestId)
        .hasSize(KEYS * COPIES)
        .doesNotHaveDuplicates();
    var originals =
        flow.results().stream()
            .filter(result -> result.getDuplicateOf() == null)
            .collect(Collectors.toMap(ActionResult::getIdempotencyKey, ActionResult::getRequestId));
    assertThat(originals).hasSize(KEYS);
    assertThat(flow.results())
        .filteredOn(result -> result.getDuplicateOf() != null)
        .allMatch(
            result -> result.getDuplicateOf().equals(originals.get(result.getIdempotencyKey())));
  }

  private void publishAll(int copy, boolean keyed) {
    for (int key = 0; key < KEYS; key++) {
      ActionRequest request =
          ActionRequest.newBuilder(ProcessorScenario.request("r-" + key + "-" + copy))
              .setIdempotencyKey("key-" + key)
              .build();
      byte[] recordKey = keyed ? ProcessorScenario.utf8("key-" + key) : null;
      flow.publish(recordKey, flow.encoder.encode(request));
    }
    flow.producer.flush();
  }
}
