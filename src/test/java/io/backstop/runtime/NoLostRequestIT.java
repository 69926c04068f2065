package io.backstop.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionResult;
import io.backstop.action.ResultStatus;
import io.backstop.testing.BrokerExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every record on the request topic ends in one outcome, whatever happens to the processor. */
class NoLostRequestIT {
  @RegisterExtension static final BrokerExtension BROKER = new BrokerExtension();
  private static final int REQUESTS = 1_500;

  @TempDir private Path temp;
  private ProcessorScenario flow;

  @AfterEach
  void close() {
    flow.close();
  }

  @Test
  void shouldGiveEveryRequestOneResultAcrossCleanRestarts() {
    flow = new ProcessorScenario(BROKER, temp, "backstop.execution.max-concurrent-calls", "40");
    flow.publish("r", REQUESTS);

    for (int seen = 200; seen <= 600; seen += 400) {
      try (var processor = flow.start(TestTarget.answeringAfter(Duration.ofMillis(20)))) {
        flow.awaitOutcomes(seen);
        assertThat(processor.fatal()).isNotDone();
      }
    }
    try (var processor = flow.start(TestTarget.answeringAfter(Duration.ofMillis(20)))) {
      flow.awaitOutcomes(REQUESTS);
      flow.readOn();
      assertThat(processor.fatal()).isNotDone();
    }

    assertEachHasOneResult();
    assertThat(flow.results()).allMatch(result -> result.getAttempts().size() == 1);
  }

  @ParameterizedTest(name = "state directory kept: {0}")
  @ValueSource(booleans = {true, false})
  void shouldGiveEveryRequestOneResultWhenTheProcessIsKilled(boolean stateKept) {
    flow =
        new ProcessorScenario(
            BROKER,
            temp.resolve("one"),
            "backstop.execution.max-concurrent-calls",
            "40",
            "backstop.kafka.group-protocol",
            "classic",
            "backstop.kafka.properties.\"session.timeout.ms\"",
            "6000");
    flow.publish("r", REQUESTS);
    try (var victim = ProcessorProcess.start(List.of("-Xmx256m"), "delay:40", flow.settings())) {
      flow.awaitOutcomes(200);
      victim.kill();
    }

    String stateDir = temp.resolve(stateKept ? "one" : "two").toString();
    try (var heir =
        flow.start(
            TestTarget.answeringAfter(Duration.ofMillis(10)),
            "backstop.kafka.state-dir",
            stateDir)) {
      flow.awaitOutcomes(REQUESTS);
      flow.readOn();
      assertThat(heir.fatal()).isNotDone();
    }

    assertEachHasOneResult();
  }

  private void assertEachHasOneResult() {
    assertThat(flow.letters()).isEmpty();
    assertThat(flow.results())
        .extracting(ActionResult::getRequestId)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, REQUESTS).mapToObj(i -> "r-" + i).toList());
    assertThat(flow.results())
        .extracting(ActionResult::getStatus)
        .containsOnly(ResultStatus.SUCCEEDED);
  }
}
