package io.backstop.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CommandRoutesTest {
  private static final Map<String, String> NODES = Map.of("circuit.", "a", "cache.", "b");

  @Test
  void shouldKnowOnlyTheNamesThatItWasGiven() {
    var routes = new CommandRoutes(NODES, Set.of("circuit.reset"));

    assertThat(routes.child("circuit.reset")).contains("a");
    assertThat(routes.child("circuit.close")).isEmpty();
  }

  @Test
  void shouldRefuseANameThatNoNodeOrMoreThanOneWouldCarryOut() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CommandRoutes(NODES, Set.of("replay.start")))
        .withMessageContaining("replay.start");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new CommandRoutes(Map.of("c", "a", "cache.", "b"), Set.of("cache.clear")));
  }
}
