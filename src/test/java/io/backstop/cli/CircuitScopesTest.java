package io.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.executor.Targets;
import io.backstop.testing.TestConfig;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CircuitScopesTest {

  @Test
  void shouldKnowServicesTargetsOfTheirOwnAndWhatTheFleetDecided() {
    var config = TestConfig.with("backstop.targets.notion:query.timeout", "1s");
    var states =
        Map.of(
            "circuit:acme", SampleFleet.open(),
            "statistics:other", SampleFleet.open(),
            "cache", SampleFleet.open());

    var scopes = CircuitScopes.of(config, Targets.load(), states);

    assertThat(scopes).contains("notion", "slack", "trello", "notion:query", "acme", "other");
    assertThat(scopes).doesNotContain("cache", "", "notion:createPage");
  }

  @Test
  void shouldSuggestTheServiceThatWasProbablyMeant() {
    assertThat(CircuitScopes.unknown("notoin", new TreeSet<>(List.of("notion", "slack"))))
        .isEqualTo(
            "no service 'notoin' has a circuit: did you mean notion? known are notion, slack");
  }
}
