package io.backstop.topology;

import static io.backstop.topology.ActionScenario.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionRequest;
import io.backstop.action.ActionResult;
import io.backstop.action.Attempt;
import io.backstop.action.AttemptOutcome;
import io.backstop.action.FailureClass;
import io.backstop.action.InFlightWork;
import io.backstop.action.OriginalRecord;
import io.backstop.action.StoreNames;
import io.backstop.action.StoredCascade;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new version does not have a target any more to whose topic the old one has sent requests. */
class GoneTargetScenarioTest {
  @TempDir private Path stateDir;

  @Test
  void shouldGoOnToTheNextStepWhereTheTopicOfAHopIsNotReadAnyMore() {
    try (var flow =
        new ActionScenario(
            stateDir.resolve("first"),
            "backstop.fallback.targets.\"trello:createCard\".container",
            "list-1")) {
      KeyValueStore<String, InFlightWork> inFlight =
          flow.driver.getKeyValueStore(StoreNames.IN_FLIGHT);
      inFlight.put("key-1", hopping(flow));

      flow.tick(Duration.ofSeconds(1));
      flow.tick(Duration.ofSeconds(1));
      flow.calls.forEach(call -> call.succeed("{}"));
      flow.tick();

      ActionResult result = flow.results().get(0);
      assertThat(result.getFallbackAction()).isEqualTo("trello:createCard");
      assertThat(result.getAttempts())
          .extracting(Attempt::getTarget)
          .containsExactly("notion:createPage", "gone:do", "trello:createCard");
      assertThat(flow.storedRecords(StoreNames.IN_FLIGHT)).isZero();
    }
  }

  private static InFlightWork hopping(ActionScenario flow) {
    ActionRequest request = request("r-1");
    Attempt failed =
        new Attempt(
            "notion:createPage",
            1,
            ActionScenario.START,
            1L,
            AttemptOutcome.RETRYABLE,
            FailureClass.SERVER_ERROR,
            503,
            "down");
    return InFlightWork.newBuilder()
        .setRequestId(request.getRequestId())
        .setTarget("gone:do")
        .setPriority(request.getPriority())
        .setOriginal(
            new OriginalRecord(
                "actions.requests",
                0,
                0L,
                0L,
                null,
                ByteBuffer.wrap(flow.requestEncoder.encode(request)),
                List.of()))
        .setAttempts(List.of(failed))
        .setReceivedAt(ActionScenario.START)
        .setCascade(
            new StoredCascade(
                List.of("gone:do", "trello:createCard"), 0, "configuration", true, 0, null))
        .build();
  }
}
