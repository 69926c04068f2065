package io.backstop.cli;

import static io.backstop.cli.SampleFleet.NOW;
import static io.backstop.cli.SampleOperations.replay;
import static io.backstop.cli.SampleOperations.running;
import static io.backstop.cli.SampleOperations.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.OperationPhase;
import io.backstop.action.OperationStatus;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is said of a replay while it goes on, and at its end. */
class ReplayProgressTest {
  private final StringWriter printed = new StringWriter();
  private Instant now = NOW;

  private ReplayWatch watch(ReplayDisplay display) {
    return new ReplayWatch("r-1", display, () -> now);
  }

  private ReplayDisplay lines() {
    return new ReplayDisplay.Lines(new PrintWriter(printed, true));
  }

  @Test
  void shouldMeasureRateAndWhatIsLeft() {
    ReplayPace pace = new ReplayPace();
    pace.at(running(10, 0), NOW);
    assertThat(pace.perSecond()).isEmpty();

    OperationStatus later = running(25, 5);
    pace.at(later, NOW.plusSeconds(4));

    assertThat(pace.perSecond()).contains(5.0);
    assertThat(pace.remaining(later)).contains(Duration.ofMillis(13_600));
  }

  @Test
  void shouldForgetWhatWasFastLongAgo() {
    ReplayPace pace = new ReplayPace();
    pace.at(running(0, 0), NOW);
    pace.at(running(80, 0), NOW.plusSeconds(1));
    for (int second = 2; second < 30; second++) {
      pace.at(running(80, 0), NOW.plusSeconds(second));
    }

    assertThat(pace.perSecond()).contains(0.0);
    assertThat(pace.remaining(running(80, 0))).isEmpty();
  }

  @Test
  void shouldPrintALineWhenThePhaseChangesAndEveryFewSeconds() {
    ReplayWatch watch = watch(lines());
    watch.changed("operation:other", state(running(1, 1)));
    for (int tenths = 0; tenths < 40; tenths++) {
      now = NOW.plusMillis(100L * tenths);
      watch.changed("operation:r-1", state(running(tenths, 0)));
    }
    watch.changed(
        "operation:r-1", state(replay(OperationPhase.PAUSED).setMessage("by ann").build()));

    List<String> lines = printed.toString().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0))
        .isEqualTo(
            "RUNNING 2 of 100; 0 succeeded, 0 failed again, 0 suppressed, left as they were:"
                + " INVALID 2");
    assertThat(lines.get(1)).startsWith("RUNNING 32 of 100, 10.0/s, 6s left; 30 succeeded");
    assertThat(lines.get(2)).startsWith("PAUSED").endsWith(": by ann");
    assertThat(watch.isOver()).isFalse();
  }

  @Test
  void shouldShowABarThatFitsTheTerminal() {
    ReplayPace pace = new ReplayPace();
    pace.at(replay(OperationPhase.RUNNING).build(), NOW);
    OperationStatus status = replay(OperationPhase.RUNNING).setSucceeded(27).build();
    pace.at(status, NOW.plusSeconds(9));

    assertThat(ReplayBarText.of(status, pace, 119))
        .isEqualTo(
            "RUNNING  27% [=========                           ] 27/100, 3.0/s, 24s left;"
                + " 27 succeeded, 0 failed again, 0 suppressed");
    assertThat(ReplayBarText.of(status, pace, 79))
        .isEqualTo(
            "RUNNING  27% [==       ] 27/100, 3.0/s, 24s left; ok 27, failed 0, suppressed 0");
    assertThat(ReplayBarText.of(status, pace, 61))
        .isEqualTo(" 27% 27/100, 3.0/s, 24s left; ok 27, failed 0, suppressed 0");
    assertThat(ReplayBarText.of(status, pace, 20)).isEqualTo(" 27% 27/100, 3.0/s, ");
  }

  @Test
  void shouldSayInABarWhatIsWaitedFor() {
    OperationStatus status =
        OperationStatus.newBuilder(running(1, 0)).setMessage("waits\u001b[2J").build();

    assertThat(ReplayBarText.of(status, new ReplayPace(), 150)).endsWith(": waits [2J");
  }

  @Test
  void shouldPrintEveryChangeAsJson() {
    ReplayWatch watch = watch(new ReplayDisplay.JsonLines("r-1", new PrintWriter(printed, true)));
    watch.changed("operation:r-1", state(running(1, 0)));
    watch.changed("operation:r-1", state(running(1, 0)));
    watch.changed("operation:r-1", state(running(2, 0)));

    assertThat(printed.toString().lines().toList())
        .hasSize(2)
        .allSatisfy(
            line -> assertThat(line).startsWith("{\"operation\":\"r-1\",\"kind\":\"REPLAY\""));
  }

  @Test
  void shouldKnowWhenAReplayIsOver() {
    ReplayWatch watch = watch(lines());
    assertThat(watch.isOver()).isFalse();
    watch.changed("operation:r-1", state(replay(OperationPhase.COMPLETED).build()));
    assertThat(watch.isOver()).isTrue();

    ReplayWatch forgotten = watch(lines());
    forgotten.changed("operation:r-1", null);
    assertThat(forgotten.isOver()).isTrue();
    assertThat(forgotten.status()).isEmpty();
  }

  @Test
  void shouldTellHowItEndedByItsExitCode() {
    assertThat(exit(replay(OperationPhase.COMPLETED).setSucceeded(99).setSuppressed(1)))
        .isEqualTo(ExitCode.OK);
    assertThat(exit(replay(OperationPhase.COMPLETED).setFailedAgain(1))).isEqualTo(ExitCode.FAILED);
    assertThat(exit(replay(OperationPhase.COMPLETED).setPassedOver(Map.of("CUT", 1L))))
        .isEqualTo(ExitCode.FAILED);
    assertThat(exit(replay(OperationPhase.REFUSED))).isEqualTo(ExitCode.FAILED);
    assertThat(exit(replay(OperationPhase.ABORTED))).isEqualTo(ExitCode.STOPPED);
    assertThat(exit(replay(OperationPhase.CANCELLED))).isEqualTo(ExitCode.STOPPED);
  }

  private static int exit(OperationStatus.Builder status) {
    return ReplayStatusText.exitCode(status.build());
  }

  @Test
  void shouldSumUpAReplayThatHasStopped() {
    OperationStatus status =
        replay(OperationPhase.ABORTED)
            .setEndedAt(NOW.plusSeconds(75))
            .setSucceeded(8)
            .setFailedAgain(3)
            .setMessage("27% failed again, more than 20%\u001b[2J")
            .build();

    assertThat(ReplayStatusText.summary("r-1", status, NOW))
        .isEqualTo(
            "replay r-1 ABORTED after 1m 15s: 100 selected, 8 succeeded, 3 failed again,"
                + " 0 suppressed: 27% failed again, more than 20% [2J");
  }

  @Test
  void shouldListReplaysNewestFirst() {
    OperationStatus older = replay(OperationPhase.COMPLETED).build();
    OperationStatus newer = replay(OperationPhase.RUNNING).setStartedAt(NOW.plusSeconds(5)).build();

    List<String> lines =
        ReplayListCommand.lines(
            Map.of(
                "operation:a", state(older),
                "operation:b", state(newer),
                "circuit:notion", SampleFleet.open()),
            false);

    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).startsWith("ID ");
    assertThat(lines.get(1)).startsWith("b ").contains("RUNNING").endsWith("notion is back");
    assertThat(lines.get(2)).startsWith("a ").contains("COMPLETED");
  }
}
