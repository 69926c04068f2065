package io.backstop.cli;

import io.backstop.action.OperationPhase;
import io.backstop.action.OperationStatus;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** Shows how an operation goes on. For one thread. */
interface ReplayDisplay extends AutoCloseable {

  /** Takes what has changed. */
  void at(OperationStatus status, Instant now);

  @Override
  void close();

  /** One JSON object for every change. */
  record JsonLines(String id, PrintWriter out) implements ReplayDisplay {
    @Override
    public void at(OperationStatus status, Instant now) {
      out.println(ReplayStatusText.json(id, status));
    }

    @Override
    public void close() {
      out.flush();
    }
  }

  /** A line every few seconds, and when the operation enters another phase. */
  final class Lines implements ReplayDisplay {
    private static final Duration INTERVAL = Duration.ofSeconds(3);

    private final PrintWriter err;
    private final ReplayPace pace = new ReplayPace();
    private OperationPhase phase;
    private Instant shownAt = Instant.MIN;

    Lines(PrintWriter err) {
      this.err = err;
    }

    @Override
    public void at(OperationStatus status, Instant now) {
      pace.at(status, now);
      if (status.getPhase() != phase || !now.isBefore(shownAt.plus(INTERVAL))) {
        err.println(ReplayStatusText.progress(status, pace));
        phase = status.getPhase();
        shownAt = now;
      }
    }

    @Override
    public void close() {
      err.flush();
    }
  }

  /** A bar on standard error, which must be a terminal. It is painted on a thread of its own. */
  final class Bar implements ReplayDisplay {
    private final ReplayPace pace = new ReplayPace();
    private final ProgressBar bar;
    private OperationStatus shown;

    Bar() {
      bar =
          new ProgressBarBuilder()
              .setInitialMax(-1)
              .setUpdateIntervalMillis(250)
              // a phase changes, too, when nothing more is done
              .continuousUpdate()
              .setRenderer((state, width) -> text(width))
              .setConsumer(TerminalBars.onStandardError())
              .build();
    }

    /** As wide as the terminal, so that nothing is left of a longer one. */
    private synchronized String text(int width) {
      String text = shown == null ? "" : ReplayBarText.of(shown, pace, width);
      return text + " ".repeat(Math.max(0, width - text.length()));
    }

    @Override
    public synchronized void at(OperationStatus status, Instant now) {
      pace.at(status, now);
      shown = status;
    }

    @Override
    public void close() {
      bar.close();
    }
  }

  /**
   * @param terminal whether standard error is one
   */
  static ReplayDisplay of(
      String id, boolean json, boolean terminal, PrintWriter out, PrintWriter err) {
    if (json) {
      return new JsonLines(id, out);
    }
    return terminal ? new Bar() : new Lines(err);
  }
}
