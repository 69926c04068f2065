package io.backstop.topology;

import static io.backstop.topology.ActionScenario.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.Lineage;
import io.backstop.action.Priority;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who goes first among those that wait for one service. */
class PriorityScenarioTest {
  private static final String PAGE = "notion:createPage";
  private static final Lineage REPLAY =
      new Lineage("op-1", 1, Optional.empty(), Optional.empty(), 0, false);

  @TempDir private Path stateDir;
  private ActionScenario flow;

  @BeforeEach
  void start() {
    flow =
        new ActionScenario(
            stateDir.resolve("first"),
            "backstop.execution.max-concurrent-calls",
            "1",
            "backstop.execution.starvation-turn",
            "4");
  }

  @AfterEach
  void stop() {
    flow.close();
  }

  @Test
  void shouldStartHighBeforeMediumBeforeLow() {
    flow.publish(request("busy"));
    flow.publish(request("low", PAGE, Priority.LOW));
    flow.publish(request("medium", PAGE, Priority.MEDIUM));
    flow.publish(request("high", PAGE, Priority.HIGH));

    finishOneByOne(4);

    assertThat(started()).containsExactly("busy", "high", "medium", "low");
  }

  @Test
  void shouldNotStarveLowWhileHighKeepsComing() {
    flow.publish(request("busy"));
    flow.publish(request("low", PAGE, Priority.LOW));
    for (int i = 0; i < 20; i++) {
      flow.publish(request("high-" + i, PAGE, Priority.HIGH));
    }

    finishOneByOne(6);

    assertThat(started()).containsExactly("busy", "high-0", "high-1", "high-2", "high-3", "low");
  }

  @Test
  void shouldLetReplayedWorkWaitBehindLiveWorkWhateverItsPriority() {
    flow.publish(request("busy"));
    flow.replay(request("replayed", PAGE, Priority.HIGH), REPLAY);
    flow.publish(request("medium", PAGE, Priority.MEDIUM));
    flow.publish(request("high", PAGE, Priority.HIGH));

    finishOneByOne(4);

    assertThat(started()).containsExactly("busy", "high", "medium", "replayed");
  }

  @Test
  void shouldNotStarveReplayedWorkWhileLiveWorkKeepsComing() {
    flow.publish(request("busy"));
    flow.replay(request("replayed", PAGE, Priority.HIGH), REPLAY);
    for (int i = 0; i < 20; i++) {
      flow.publish(request("high-" + i, PAGE, Priority.HIGH));
    }

    finishOneByOne(6);

    assertThat(started())
        .containsExactly("busy", "high-0", "high-1", "high-2", "high-3", "replayed");
  }

  @Test
  void shouldKeepReplayedWorkLowOverARestart() {
    flow.publish(request("busy"));
    flow.replay(request("replayed", PAGE, Priority.HIGH), REPLAY);
    flow.publish(request("medium", PAGE, Priority.MEDIUM));

    flow = flow.restart(Duration.ofSeconds(3));
    flow.tick();
    flow.tick();
    finishOneByOne(3);

    assertThat(started()).containsExactly("busy", "medium", "replayed");
  }

  @Test
  void shouldNeverExceedTheLimitOfAServiceNorHoldUpAnother() {
    for (int i = 0; i < 5; i++) {
      flow.publish(request("page-" + i));
      flow.publish(request("card-" + i, "trello:createCard", Priority.MEDIUM));
    }

    assertThat(started()).containsExactly("page-0", "card-0");
  }

  @Test
  void shouldStartNoCallOnceTheGateIsClosedAndKeepWhatArrives() {
    flow.publish(request("r-1"));
    flow.gate.close();
    flow.publish(request("r-2"));
    flow.calls.get(0).succeed("{}");
    flow.tick();
    flow.tick();

    assertThat(started()).containsExactly("r-1");
    assertThat(flow.results()).hasSize(1);
    assertThat(flow.gate.inFlight()).isZero();
    assertThat(flow.storedRecords("waiting")).isEqualTo(1);
    assertThat(flow.storedRecords("in-flight")).isEqualTo(1);
  }

  @Test
  void shouldLeaveNothingInTheStoresWhenAllIsDone() {
    for (int i = 0; i < 5; i++) {
      flow.publish(request("r-" + i));
    }

    finishOneByOne(5);

    assertThat(flow.storedRecords("waiting")).isZero();
    assertThat(flow.storedRecords("in-flight")).isZero();
    assertThat(flow.results()).hasSize(5);
  }

  private void finishOneByOne(int count) {
    for (int i = 0; i < count; i++) {
      assertThat(flow.calls).hasSize(i + 1);
      flow.calls.get(i).succeed("{}");
      if (i < count - 1) {
        flow.tick();
      }
    }
    flow.tick();
    while (flow.calls.size() > count) {
      flow.calls.remove(count);
    }
  }

  private List<String> started() {
    return flow.calls.stream().map(call -> call.request().getRequestId()).toList();
  }
}
