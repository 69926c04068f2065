package io.backstop.topology;

import static io.backstop.topology.ActionScenario.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many calls a service gets while nothing is known of it. */
class SlowStartScenarioTest {
  private static final int REQUESTS = 50;

  @TempDir private Path stateDir;

  private ActionScenario withRequests() {
    var flow = new ActionScenario(stateDir, "backstop.execution.slow-start", "true");
    for (int index = 0; index < REQUESTS; index++) {
      flow.publish(request("r-" + index));
    }
    return flow;
  }

  @Test
  void shouldKeepOnlyAsManyRequestsInAServiceThatHangsAsOpenItsCircuit() {
    try (ActionScenario flow = withRequests()) {
      assertThat(flow.calls).hasSize(5);

      flow.tick(Duration.ofSeconds(11));
      flow.tick(Duration.ofSeconds(1));

      assertThat(flow.calls).as("the circuit is open: no further one is called").hasSize(5);
    }
  }

  @Test
  void shouldCallAServiceThatAnswersMoreAndMore() {
    try (ActionScenario flow = withRequests()) {
      flow.calls.get(0).succeed("{}");
      flow.tick(Duration.ofMillis(10));

      assertThat(flow.calls).as("one instead of it, and one more").hasSize(7);

      flow.answers.add(call -> call.succeed("{}"));
      flow.calls.forEach(call -> call.succeed("{}"));
      for (int tick = 0; tick < REQUESTS; tick++) {
        flow.tick();
      }

      assertThat(flow.calls).hasSize(REQUESTS);
      assertThat(flow.results()).hasSize(REQUESTS);
    }
  }
}
