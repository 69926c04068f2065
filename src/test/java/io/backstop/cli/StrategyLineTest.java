package io.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.FleetState;
import io.backstop.action.Strategy;
import io.backstop.executor.Targets;
import io.backstop.testing.TestConfig;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StrategyLineTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  @Test
  void shouldShowWhereAStrategyComesFrom() {
    var settings =
        TestConfig.with("backstop.fallback.strategies.\"notion:query\".steps", "default-value");

    var lines = StrategyLine.all(settings, Targets.load(), Map.of());

    assertThat(lines.get("notion:query").text(false))
        .isEqualTo("notion:query          configuration                            default-value");
    assertThat(lines.get("gmail:search").text(false))
        .isEqualTo(
            "gmail:search          bundled                                  cached-result,"
                + " default-value");
  }

  @Test
  void shouldShowAllThatACommandHasSetAlsoOfAnotherVersion() {
    var state =
        FleetState.newBuilder()
            .setWrittenAt(NOW)
            .setStrategy(
                new Strategy(
                    true,
                    List.of("newer:target", "skip"),
                    Map.of("TIMEOUT", List.of("queue:low")),
                    "{}"))
            .setStrategySetBy("ann")
            .build();

    var line =
        StrategyLine.all(
                TestConfig.with(), Targets.load(), Map.of("strategy:notion:createPage", state))
            .get("notion:createPage");

    assertThat(line.details())
        .containsExactly(
            "action         notion:createPage",
            "from           command, set by ann at 2026-03-01T10:00:00Z",
            "steps          newer:target, skip",
            "on CONFLICT    dead-letter",
            "on NOT_FOUND   dead-letter",
            "on TIMEOUT     queue:low",
            "on VALIDATION  dead-letter",
            "default value  {}");
    assertThat(line.text(true))
        .isEqualTo(
            "{\"action\":\"notion:createPage\",\"from\":\"command\",\"enabled\":true,\"steps\":[\"newer:target\",\"skip\"],"
                + "\"byFailure\":{\"CONFLICT\":[\"dead-letter\"],\"NOT_FOUND\":[\"dead-letter\"],\"TIMEOUT\":[\"queue:low\"],\"VALIDATION\":[\"dead-letter\"]},"
                + "\"defaultValue\":\"{}\",\"setBy\":\"ann\",\"setAt\":\"2026-03-01T10:00:00Z\"}");
  }
}
