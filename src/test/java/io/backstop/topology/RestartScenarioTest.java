package io.backstop.topology;

import static io.backstop.topology.ActionScenario.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionResult;
import io.backstop.action.Attempt;
import io.backstop.action.AttemptOutcome;
import io.backstop.action.Priority;
import io.backstop.action.ResultStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a new owner of a task makes of the work that it finds in the stores. */
class RestartScenarioTest {
  private static final Duration SOON = Duration.ofSeconds(3);

  @TempDir private Path stateDir;
  private ActionScenario flow;

  @BeforeEach
  void start() {
    flow =
        new ActionScenario(
            stateDir.resolve("first"), "backstop.services.notion.max-concurrent-calls", "3");
  }

  @AfterEach
  void stop() {
    flow.close();
  }

  @Test
  void shouldRepeatAnInterruptedCallWithItsIdempotencyKeyAndSayItInTheHistory() {
    flow.publish(request("r-1"));
    String key = flow.calls.get(0).context().idempotencyKey();
    flow = flow.restart(SOON);
    flow.tick();
    flow.tick();
    flow.calls.get(0).succeed("{}");
    flow.tick();

    ActionResult result = only(flow.results());
    assertThat(flow.calls.get(0).context().idempotencyKey()).isEqualTo(key);
    assertThat(flow.calls.get(0).context().attempt()).isEqualTo(2);
    assertThat(result.getAttempts())
        .extracting(Attempt::getOutcome)
        .containsExactly(AttemptOutcome.INTERRUPTED, AttemptOutcome.SUCCEEDED);
    assertThat(result.getReceivedAt()).isEqualTo(ActionScenario.START);
  }

  @Test
  void shouldGiveEachOneResultWhenSomeWereInFlightAndOthersWaitedSinceTheSameInstant() {
    for (int i = 0; i < 20; i++) {
      flow.publish(request("r-" + i));
    }
    assertThat(flow.calls).hasSize(3);
    flow = flow.restart(SOON);

    assertThat(finishAll()).hasSize(20).doesNotHaveDuplicates();
  }

  @Test
  void shouldLoseNothingOverManyRestarts() {
    for (int i = 0; i < 20; i++) {
      flow.publish(request("r-" + i));
    }
    List<String> done = new ArrayList<>();
    for (int restart = 0; restart < 6; restart++) {
      flow = flow.restart(SOON);
      flow.tick();
      flow.tick();
      flow.calls.get(0).succeed("{}");
      flow.tick();
      flow.results().forEach(result -> done.add(result.getRequestId()));
    }
    flow = flow.restart(SOON);
    done.addAll(finishAll());

    assertThat(done).hasSize(20).doesNotHaveDuplicates();
  }

  @Test
  void shouldStartWhatWasInFlightBeforeWhatWaited() {
    for (int i = 0; i < 6; i++) {
      flow.publish(request("r-" + i));
      flow.tick();
    }
    flow = flow.restart(SOON);
    flow.tick();
    flow.tick();

    assertThat(flow.calls)
        .extracting(call -> call.request().getRequestId())
        .containsExactlyInAnyOrder("r-0", "r-1", "r-2");
  }

  @Test
  void shouldStartNewWorkBehindTheBacklogWhenTheNewOwnersClockLags() {
    for (int i = 0; i < 8; i++) {
      flow.publish(request("old-" + i));
    }
    flow = flow.restart(Duration.ofMinutes(-2));
    flow.tick();
    flow.tick();
    for (int i = 0; i < 4; i++) {
      flow.publish(request("new-" + i));
    }

    assertThat(finishAll()).hasSize(12).doesNotHaveDuplicates().endsWith("new-3");
  }

  @Test
  void shouldRecogniseADuplicateOfWorkThatWasInFlightBeforeTheRestart() {
    flow.publish(request("r-1"));
    flow = flow.restart(SOON);
    flow.publish(request("r-1"));

    assertThat(only(flow.results()).getStatus()).isEqualTo(ResultStatus.DUPLICATE_IN_FLIGHT);
  }

  @Test
  void shouldAnswerADuplicateOfWorkThatWasFinishedBeforeTheRestart() {
    flow.publish(request("r-1"));
    flow.calls.get(0).succeed("{\"id\":7}");
    flow.tick();
    flow.results();
    flow = flow.restart(SOON);
    flow.publish(request("r-1"));

    assertThat(only(flow.results()).getResponseData()).isEqualTo("{\"id\":7}");
    assertThat(flow.calls).isEmpty();
  }

  @Test
  void shouldKeepPrioritiesOverTheRestart() {
    for (int i = 0; i < 3; i++) {
      flow.publish(request("first-" + i));
    }
    flow.publish(request("low", "notion:createPage", Priority.LOW));
    flow.publish(request("high", "notion:createPage", Priority.HIGH));
    flow = flow.restart(SOON);
    flow.tick();
    flow.tick();

    assertThat(flow.calls)
        .extracting(call -> call.request().getRequestId())
        .contains("high")
        .doesNotContain("low");
  }

  /** Answers every call until none comes any more; the ids of the results in order. */
  private List<String> finishAll() {
    List<String> done = new ArrayList<>();
    int answered = 0;
    for (int quiet = 0; quiet < 5; quiet++) {
      flow.tick();
      for (; answered < flow.calls.size(); answered++) {
        flow.calls.get(answered).succeed("{}");
        quiet = 0;
      }
      flow.results().forEach(result -> done.add(result.getRequestId()));
    }
    return done;
  }

  private static <T> T only(List<T> items) {
    assertThat(items).hasSize(1);
    return items.get(0);
  }
}
