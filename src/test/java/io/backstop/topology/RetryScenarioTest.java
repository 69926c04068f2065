package io.backstop.topology;

import static io.backstop.topology.ActionScenario.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.backstop.action.ActionRequest;
import io.backstop.action.ActionResult;
import io.backstop.action.Attempt;
import io.backstop.action.AttemptOutcome;
import io.backstop.action.DeadLetter;
import io.backstop.action.FailureClass;
import io.backstop.action.Outcome;
import io.backstop.action.Priority;
import io.backstop.action.ResultStatus;
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

/** Retries of a failed call, on the driver's clock. */
class RetryScenarioTest {
  private static final Duration DELAY = Duration.ofSeconds(1);

  @TempDir private Path stateDir;
  private ActionScenario flow;

  @BeforeEach
  void start() {
    flow =
        new ActionScenario(
            stateDir.resolve("first"),
            "backstop.fallback.enabled",
            "false",
            "backstop.retry.strategy",
            "linear",
            "backstop.retry.initial-delay",
            "1s",
            "backstop.retry.jitter",
            "none",
            "backstop.circuit.failure-threshold",
            "1000");
  }

  @AfterEach
  void stop() {
    flow.close();
  }

  @Test
  void shouldCallAgainWhenTheWaitIsOverAndNotBefore() {
    flow.publish(request("r-1"));
    fail(0);

    flow.tick(DELAY.minusMillis(10));
    assertThat(flow.calls).hasSize(1);
    flow.tick(Duration.ofMillis(10));
    assertThat(flow.calls).hasSize(2);
    fail(1);
    flow.tick(DELAY.multipliedBy(2).minusMillis(10));
    assertThat(flow.calls).hasSize(2);
    flow.tick(Duration.ofMillis(10));
    flow.calls.get(2).succeed("{}");
    flow.tick();

    ActionResult result = only(flow.results());
    assertThat(result.getStatus()).isEqualTo(ResultStatus.SUCCEEDED);
    assertThat(result.getAttempts())
        .extracting(Attempt::getNumber, Attempt::getOutcome)
        .containsExactly(
            tuple(1, AttemptOutcome.RETRYABLE),
            tuple(2, AttemptOutcome.RETRYABLE),
            tuple(3, AttemptOutcome.SUCCEEDED));
    assertThat(flow.calls).extracting(call -> call.context().idempotencyKey()).containsOnly(key());
    assertNothingLeft();
  }

  @Test
  void shouldDeadLetterWithTheWholeHistoryWhenAllAttemptsAreUsedUp() {
    flow.publish(request("r-1"));
    for (int attempt = 0; attempt < 3; attempt++) {
      fail(attempt);
      flow.tick(Duration.ofSeconds(5));
    }

    DeadLetter letter = only(flow.deadLetters());
    assertThat(letter.getFailureClass()).isEqualTo(FailureClass.SERVER_ERROR);
    assertThat(letter.getReason()).contains("attempt 3", "3 attempts");
    assertThat(letter.getAttempts()).hasSize(3);
    assertThat(flow.calls).hasSize(3);
    assertNothingLeft();
  }

  @Test
  void shouldNotRepeatWhatTheServiceCallsPermanent() {
    flow.publish(request("r-1"));
    flow.calls
        .get(0)
        .answer()
        .complete(new Outcome.Permanent(FailureClass.VALIDATION, "no title", OptionalInt.of(400)));
    flow.tick(Duration.ofMinutes(1));

    assertThat(flow.calls).hasSize(1);
    assertThat(only(flow.deadLetters()).getFailureClass()).isEqualTo(FailureClass.VALIDATION);
  }

  @Test
  void shouldBackOffAcrossARestartWithoutAnInterruptedAttempt() {
    flow.publish(request("r-1"));
    fail(0);
    flow = flow.restart(Duration.ofMillis(500));
    flow.tick();
    flow.tick();

    assertThat(flow.calls).isEmpty();
    flow.tick(Duration.ofMillis(600));
    flow.calls.get(0).succeed("{}");
    flow.tick();

    assertThat(only(flow.results()).getAttempts())
        .extracting(Attempt::getOutcome)
        .containsExactly(AttemptOutcome.RETRYABLE, AttemptOutcome.SUCCEEDED);
    assertThat(only(List.copyOf(flow.calls)).context().attempt()).isEqualTo(2);
    assertNothingLeft();
  }

  @Test
  void shouldSayThatARepeatWasInterrupted() {
    flow.publish(request("r-1"));
    fail(0);
    flow.tick(DELAY);
    assertThat(flow.calls).hasSize(2);
    flow = flow.restart(Duration.ofMillis(500));
    flow.tick();
    flow.tick();
    flow.calls.get(0).succeed("{}");
    flow.tick();

    assertThat(only(flow.results()).getAttempts())
        .extracting(Attempt::getOutcome)
        .containsExactly(
            AttemptOutcome.RETRYABLE, AttemptOutcome.INTERRUPTED, AttemptOutcome.SUCCEEDED);
    assertNothingLeft();
  }

  @Test
  void shouldNotWaitForAnAttemptThatWouldBeDueAfterTheDeadline() {
    flow.publish(
        ActionRequest.newBuilder(request("r-1"))
            .setDeadline(ActionScenario.START.plusMillis(900))
            .build());
    fail(0);

    DeadLetter letter = only(flow.deadLetters());
    assertThat(letter.getFailureClass()).isEqualTo(FailureClass.SERVER_ERROR);
    assertThat(letter.getReason()).contains("deadline");
    assertNothingLeft();
  }

  @Test
  void shouldWaitAsLongAsTheServiceAsks() {
    flow.publish(request("r-1"));
    flow.calls
        .get(0)
        .answer()
        .complete(
            new Outcome.Retryable(
                FailureClass.SERVER_ERROR,
                "maintenance",
                OptionalInt.of(503),
                Optional.of(Duration.ofSeconds(7))));
    flow.tick();

    flow.tick(Duration.ofMillis(6_900));
    assertThat(flow.calls).hasSize(1);
    flow.tick(Duration.ofMillis(200));
    assertThat(flow.calls).hasSize(2);
  }

  @Test
  void shouldRecogniseADuplicateOfWhatIsBackingOff() {
    flow.publish(request("r-1"));
    fail(0);
    flow.publish(ActionRequest.newBuilder(request("r-1")).setRequestId("r-2").build());

    ActionResult duplicate = only(flow.results());
    assertThat(duplicate.getStatus()).isEqualTo(ResultStatus.DUPLICATE_IN_FLIGHT);
    assertThat(duplicate.getDuplicateOf()).isEqualTo("r-1");
    flow.tick(DELAY);
    assertThat(flow.calls).hasSize(2);
  }

  @Test
  void shouldStopRetryingWhenTheBudgetIsUsedUp() {
    for (int i = 0; i < 30; i++) {
      flow.publish(request("r-" + i, "trello:createCard", Priority.MEDIUM));
    }
    for (int i = 0; i < 30; i++) {
      fail(i);
    }
    flow.tick(DELAY.plusSeconds(1));

    assertThat(flow.calls.size() - 30).as("a floor of 10").isEqualTo(10);
    assertThat(flow.deadLetters())
        .hasSize(20)
        .allSatisfy(letter -> assertThat(letter.getReason()).contains("retry budget"));
  }

  @Test
  void shouldHoldAServiceToTheBudgetThatAsksForNoWaitAtAll() {
    for (int i = 0; i < 30; i++) {
      flow.publish(request("r-" + i, "trello:createCard", Priority.MEDIUM));
    }
    for (int i = 0; i < 30; i++) {
      flow.calls
          .get(i)
          .answer()
          .complete(
              new Outcome.Retryable(
                  FailureClass.SERVER_ERROR,
                  "down",
                  OptionalInt.of(503),
                  Optional.of(Duration.ZERO)));
      flow.tick();
    }
    flow.tick(DELAY.plusSeconds(1));

    assertThat(flow.calls.size() - 30).as("a floor of 10").isEqualTo(10);
  }

  private String key() {
    return flow.calls.get(0).context().idempotencyKey();
  }

  private void fail(int call) {
    flow.calls
        .get(call)
        .answer()
        .complete(
            new Outcome.Retryable(
                FailureClass.SERVER_ERROR, "down", OptionalInt.of(503), Optional.empty()));
    flow.tick();
  }

  private void assertNothingLeft() {
    assertThat(flow.storedRecords(StoreNames.IN_FLIGHT)).isZero();
    assertThat(flow.storedRecords(StoreNames.WAITING)).isZero();
    assertThat(flow.storedRecords(StoreNames.BACKING_OFF)).isZero();
  }

  private static <T> T only(List<T> items) {
    assertThat(items).hasSize(1);
    return items.get(0);
  }
}
