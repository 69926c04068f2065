package io.backstop.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.CircuitStatus;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fleet's state outlives the coordinator's store where the application id has changed, say. */
class LostCoordinatorStoreTest {
  @Test
  void shouldSpeakAgainWhereInstancesKnowOfAStatusThatItDoesNot(@TempDir Path stateDir) {
    try (var fleet = new CoordinatorScenario(stateDir.resolve("new"))) {
      fleet.send(fleet.waiting("a", 7), fleet.waiting("b", 7));
      fleet.pass(java.time.Duration.ofMinutes(10));

      List<CircuitStatus> published = fleet.circuits();

      assertThat(published).as("what gets the instances out of an OPEN for ever").isNotEmpty();
      assertThat(published.get(0).getVersion()).isGreaterThan(7);
    }
  }
}
