package io.backstop.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.backstop.action.Attempt;
import io.backstop.action.AttemptOutcome;
import io.backstop.testing.BrokerExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** SafeRepeat: what was in flight is called again with the same key, and the history says so. */
class RestartWithWorkInFlightIT {
  @RegisterExtension static final BrokerExtension BROKER = new BrokerExtension();

  @TempDir private Path temp;

  @Test
  void shouldRepeatCallsInFlightWithTheirKeysAndStartWhatWaited() {
    try (var flow =
        new ProcessorScenario(
            BROKER,
            temp,
            "backstop.execution.max-concurrent-calls",
            "40",
            "backstop.kafka.shutdown-timeout",
            "100ms")) {
      flow.publish("r", 200);
      var silent = TestTarget.silent();
      try (var processor = flow.start(silent)) {
        await().until(() -> silent.calls.size() == 40);
        flow.awaitAllAdmitted(Duration.ofSeconds(20));
        assertThat(processor.fatal()).isNotDone();
      }
      Map<String, String> keys = new HashMap<>();
      silent.calls.forEach(call -> keys.put(call.requestId(), call.idempotencyKey()));

      var target = TestTarget.answeringAfter(Duration.ofMillis(5));
      try (var processor = flow.start(target)) {
        flow.awaitOutcomes(200);
        flow.readOn();
        assertThat(processor.fatal()).isNotDone();
      }

      assertThat(flow.letters()).isEmpty();
      assertThat(flow.results()).hasSize(200);
      assertThat(target.calls).hasSize(200);
      assertThat(target.calls)
          .filteredOn(call -> keys.containsKey(call.requestId()))
          .hasSize(40)
          .allMatch(call -> call.attempt() == 2)
          .allMatch(call -> call.idempotencyKey().equals(keys.get(call.requestId())));
      assertThat(flow.results())
          .filteredOn(result -> keys.containsKey(result.getRequestId()))
          .allSatisfy(
              result ->
                  assertThat(result.getAttempts())
                      .extracting(Attempt::getOutcome)
                      .containsExactly(AttemptOutcome.INTERRUPTED, AttemptOutcome.SUCCEEDED));
    }
  }
}
