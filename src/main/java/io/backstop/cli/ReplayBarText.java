package io.backstop.cli;

import io.backstop.action.OperationKind;
import io.backstop.action.OperationStatus;
import java.util.Locale;

/**
 * How far an operation is, on one line of a terminal: what does not fit is left out or said in
 * fewer words, and what became of the letters is the last to go.
 */
final class ReplayBarText {
  private static final int SHORTEST_BAR = 8;
  private static final int LONGEST_BAR = 40;

  private final OperationStatus status;
  private final String facts;

  private ReplayBarText(OperationStatus status, ReplayPace pace) {
    this.status = status;
    this.facts = facts(status, pace);
  }

  /**
   * @param width of the terminal
   */
  static String of(OperationStatus status, ReplayPace pace, int width) {
    ReplayBarText text = new ReplayBarText(status, pace);
    String phase = status.getPhase().name() + " ";
    String counts = "; " + ReplayStatusText.counts(status);
    String message = status.getMessage().isEmpty() ? "" : ": " + status.getMessage();
    String line = text.withBar(phase, counts + message, width);
    line = line.isEmpty() ? text.withBar(phase, counts, width) : line;
    line = line.isEmpty() ? text.withBar(phase, text.shortCounts(), width) : line;
    line = line.isEmpty() ? text.fitting(phase, width) : line;
    return SafeText.line(line);
  }

  private static String facts(OperationStatus status, ReplayPace pace) {
    StringBuilder text = new StringBuilder();
    text.append("%,d/%,d".formatted(ReplayPace.ended(status), status.getSelected()));
    pace.perSecond().ifPresent(rate -> text.append(String.format(Locale.ROOT, ", %.1f/s", rate)));
    pace.remaining(status)
        .ifPresent(left -> text.append(", ").append(Span.of(left)).append(" left"));
    return text.toString();
  }

  private double share() {
    return status.getSelected() == 0
        ? 0
        : Math.min(1, (double) ReplayPace.ended(status) / status.getSelected());
  }

  private String percent() {
    return "%3d%% ".formatted((int) (share() * 100));
  }

  private String shortCounts() {
    return status.getKind() == OperationKind.REPLAY
        ? "; ok %,d, failed %,d, suppressed %,d"
            .formatted(status.getSucceeded(), status.getFailedAgain(), status.getSuppressed())
        : "; changed %,d".formatted(status.getChanged());
  }

  /** Empty when there is no room for a bar. */
  private String withBar(String phase, String end, int width) {
    int room = width - phase.length() - percent().length() - facts.length() - end.length() - 3;
    if (room < SHORTEST_BAR) {
      return "";
    }
    int length = Math.min(room, LONGEST_BAR);
    int done = (int) (share() * length);
    String bar = "=".repeat(done) + " ".repeat(length - done);
    return phase + percent() + "[" + bar + "] " + facts + end;
  }

  private String fitting(String phase, int width) {
    String line = percent() + facts + shortCounts();
    if (phase.length() + line.length() <= width) {
      return phase + line;
    }
    return line.substring(0, Math.min(line.length(), Math.max(0, width)));
  }
}
