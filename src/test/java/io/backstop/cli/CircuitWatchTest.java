package io.backstop.cli;

import static io.backstop.cli.SampleFleet.NOW;
import static io.backstop.cli.SampleFleet.circuit;
import static io.backstop.cli.SampleFleet.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.CircuitState;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CircuitWatchTest {
  private final StringWriter printed = new StringWriter();
  private Instant now = NOW;

  private CircuitWatch watch(boolean json, boolean terminal) {
    var watch =
        new CircuitWatch(
            new TreeSet<>(List.of("notion", "slack")),
            Map.of("circuit:notion", SampleFleet.closed()),
            json,
            terminal,
            new PrintWriter(printed),
            () -> now);
    watch.start();
    return watch;
  }

  private List<String> lines() {
    return printed.toString().lines().toList();
  }

  @Test
  void shouldPrintEveryCircuitAndThenEachChangeWhereThereIsNoTerminal() {
    var watch = watch(false, false);
    now = NOW.plusSeconds(1);
    watch.changed("circuit:notion", SampleFleet.open());
    watch.draw();

    assertThat(lines()).hasSize(4);
    assertThat(lines().get(0)).startsWith("AT                    SERVICE");
    assertThat(lines().get(1)).startsWith("2026-03-01T10:00:00Z  notion ").contains("CLOSED");
    assertThat(lines().get(2)).startsWith("2026-03-01T10:00:00Z  slack ");
    assertThat(lines().get(3)).startsWith("2026-03-01T10:00:01Z  notion ").contains("in 11 s");
    assertThat(printed.toString()).doesNotContain("\u001b");
  }

  @Test
  void shouldPrintNoLineForStatisticsAndPermits() {
    var watch = watch(false, false);
    watch.changed("statistics:notion", SampleFleet.statistics(NOW));
    watch.changed("circuit:slack", circuit(status(CircuitState.HALF_OPEN).setVersion(4)));
    watch.changed("circuit:slack", circuit(status(CircuitState.HALF_OPEN).setGranted(2)));

    assertThat(lines()).hasSize(4);
    assertThat(lines().get(3)).contains("slack", "HALF_OPEN");
  }

  @Test
  void shouldPrintAnInstanceThatWasIsolatedAndACircuitThatIsGone() {
    var watch = watch(false, false);
    watch.changed("circuit:notion", SampleFleet.closed("host-1"));
    watch.changed("circuit:notion", null);

    assertThat(lines()).hasSize(5);
    assertThat(lines().get(3)).contains("isolated: host-1");
  }

  @Test
  void shouldPrintOneObjectPerLineForScripts() {
    var watch = watch(true, true);
    watch.changed("circuit:trello", SampleFleet.open());

    assertThat(lines()).hasSize(3).allMatch(line -> line.startsWith("{"));
    assertThat(lines().get(2)).contains("\"service\":\"trello\"");
  }

  @Test
  void shouldDrawTheTableAgainAtEveryChangeOnATerminal() {
    var watch = watch(false, true);
    assertThat(printed.toString()).contains("\u001b[2J\u001b[H").contains("Stop with Ctrl-C.");
    printed.getBuffer().setLength(0);

    watch.draw();
    assertThat(printed.toString()).isEmpty();
    watch.changed("statistics:notion", SampleFleet.statistics(NOW));
    watch.draw();

    assertThat(printed.toString()).startsWith("\u001b[H").contains("3/120").contains("slack");
  }

  @Test
  void shouldLetTheTimesGoOnOnATerminal() {
    var watch = watch(false, true);
    printed.getBuffer().setLength(0);

    now = NOW.plusMillis(999);
    watch.draw();
    assertThat(printed.toString()).isEmpty();
    now = NOW.plusSeconds(1);
    watch.draw();

    assertThat(printed.toString()).contains("2m 14s");
  }
}
