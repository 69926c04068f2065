package io.backstop.cli;

import static io.backstop.cli.SampleFleet.NOW;
import static io.backstop.cli.SampleFleet.circuit;
import static io.backstop.cli.SampleFleet.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.backstop.action.CircuitState;
import io.backstop.action.FleetState;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CircuitLineTest {

  private static String line(Map<String, FleetState> states) {
    return CircuitLine.of("notion", states, NOW).text(false);
  }

  @Test
  void shouldHaveAColumnForEveryThing() {
    assertThat(CircuitLine.TABLE.head())
        .isEqualTo(
            "SERVICE               STATE        SINCE     FAILURES     NEXT PROBE  SUCCESS  MEAN"
                + "       P99        ISOLATED  NOTE");
  }

  @Test
  void shouldShowAnOpenCircuitWithItsStatistics() {
    var states =
        Map.of(
            "circuit:notion",
            SampleFleet.open(),
            "statistics:notion",
            SampleFleet.statistics(NOW.minusSeconds(1)));

    assertThat(line(states))
        .isEqualTo(
            "notion                OPEN         2m 13s    3/120        in 12 s     97.5%    8.3 ms"
                + "     1,240 ms   -         5 failures in a row");
  }

  @Test
  void shouldShowAServiceThatNothingIsDecidedAboutAsClosed() {
    assertThat(line(Map.of()))
        .isEqualTo(
            "notion                CLOSED       -         -            -           -        -"
                + "          -          -");
  }

  @Test
  void shouldNotShowStatisticsOfAWindowThatIsOver() {
    var states = Map.of("statistics:notion", SampleFleet.statistics(NOW.minusSeconds(60)));

    assertThat(line(states)).doesNotContain("3/120");
  }

  @Test
  void shouldSayWhoPutACircuitWhereItIs() {
    var forced = circuit(status(CircuitState.FORCED_OPEN).setReason("migration").setActor("ann"));

    assertThat(line(Map.of("circuit:notion", forced)))
        .contains("FORCED_OPEN", "migration (by ann)");
  }

  @Test
  void shouldCountAndNameIsolatedInstances() {
    var states = Map.of("circuit:notion", SampleFleet.closed("host-1", "host-2"));

    assertThat(line(states)).contains("2         isolated: host-1, host-2");
  }

  @Test
  void shouldSayThatTheServiceAskedForAPause() {
    var paused = Map.of("limit:notion", SampleFleet.pausedUntil(NOW.plusSeconds(7)));
    var over = Map.of("limit:notion", SampleFleet.pausedUntil(NOW));

    assertThat(line(paused)).endsWith("paused by the service, goes on in 7 s");
    assertThat(line(over)).doesNotContain("paused");
  }

  @Test
  void shouldShowThatACircuitIsBeingProbed() {
    var states = Map.of("circuit:notion", circuit(status(CircuitState.HALF_OPEN)));

    assertThat(line(states)).contains("HALF_OPEN", "probing");
  }

  @Test
  void shouldGiveScriptsPlainNumbersAndTimes() throws Exception {
    var states =
        Map.of(
            "circuit:notion", SampleFleet.open(), "statistics:notion", SampleFleet.statistics(NOW));

    var json = new ObjectMapper().readTree(CircuitLine.of("notion", states, NOW).text(true));
    var unknown = new ObjectMapper().readTree(CircuitLine.of("x", states, NOW).text(true));

    assertThat(json.get("state").asText()).isEqualTo("OPEN");
    assertThat(json.get("openUntil").asText()).isEqualTo("2026-03-01T10:00:12Z");
    assertThat(json.get("successRate").asDouble()).isEqualTo(0.975);
    assertThat(json.get("failures").asLong()).isEqualTo(3);
    assertThat(unknown.get("state").asText()).isEqualTo("CLOSED");
    assertThat(unknown.get("successRate").isNull()).isTrue();
  }
}
