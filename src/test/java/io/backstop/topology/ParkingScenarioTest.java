package io.backstop.topology;

import static io.backstop.topology.ActionScenario.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionRequest;
import io.backstop.action.Attempt;
import io.backstop.action.AttemptOutcome;
import io.backstop.action.FailureClass;
import io.backstop.action.Outcome;
import io.backstop.action.PolicyOverrides;
import io.backstop.action.StoreNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of requests in the retry queue. */
class ParkingScenarioTest {
  @TempDir private Path stateDir;
  private ActionScenario flow;

  @BeforeEach
  void start() {
    flow =
        new ActionScenario(
            stateDir.resolve("first"),
            "backstop.retry.max-attempts",
            "1",
            "backstop.circuit.failure-threshold",
            "3",
            "backstop.circuit.open-duration",
            "10s",
            "backstop.circuit.max-open-duration",
            "10s");
  }

  @AfterEach
  void stop() {
    flow.close();
  }

  @Test
  void shouldProbeTheServiceThoughAllThatIsLeftIsParked() {
    openWithParked(3);

    pass(Duration.ofMinutes(3));

    assertThat(flow.calls).as("calls, the first three included").hasSizeGreaterThan(3);
  }

  @Test
  void shouldCountNoParkForWhatFoundNoPermitWhenItWasDue() {
    openWithParked(8);
    flow.answers.add(call -> call.succeed("{}"));
    pass(Duration.ofMillis(59_500));
    // it is refused, for which permits are granted: too few for all that is due shortly after
    flow.publish(request("stranger"));
    pass(Duration.ofMinutes(10));

    assertThat(flow.results())
        .hasSize(8)
        .allSatisfy(
            result ->
                assertThat(result.getAttempts())
                    .extracting(Attempt::getOutcome)
                    .containsExactly(
                        AttemptOutcome.RETRYABLE, AttemptOutcome.PARKED, AttemptOutcome.SUCCEEDED));
  }

  /** So many requests fail, which opens the circuit, and are parked. */
  private void openWithParked(int requests) {
    for (int each = 0; each < requests; each++) {
      flow.publish(queued("r-" + each));
    }
    for (ActionScenario.Call call : List.copyOf(flow.calls)) {
      fail(call);
    }
    flow.tick();
    flow.tick();
    assertThat(flow.calls).hasSize(requests);
    assertThat(flow.storedRecords(StoreNames.IN_FLIGHT)).isEqualTo(requests);
  }

  /** Signals are sent, decisions taken and turns given every 100 ms. */
  private void pass(Duration time) {
    for (long passed = 0; passed < time.toMillis(); passed += 100) {
      flow.tick(Duration.ofMillis(100));
    }
  }

  private static void fail(ActionScenario.Call call) {
    call.answer()
        .complete(
            new Outcome.Retryable(
                FailureClass.SERVER_ERROR, "down", OptionalInt.of(503), Optional.empty()));
  }

  private static ActionRequest queued(String id) {
    return ActionRequest.newBuilder(request(id))
        .setPolicy(PolicyOverrides.newBuilder().setFallbackSteps(List.of("queue:retry")).build())
        .build();
  }
}
