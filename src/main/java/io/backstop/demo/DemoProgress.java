package io.backstop.demo;

import java.io.PrintWriter;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows how far the demo is: a bar on a terminal, else a plain line now and then. */
abstract class DemoProgress implements AutoCloseable {
  private static final Duration LINE_EVERY = Duration.ofSeconds(1);

  /** Set by the launcher, because Java cannot tell whether standard error is a terminal. */
  private static final String TERMINAL_PROPERTY = "terminal.stderr";

  static DemoProgress of(long total, PrintWriter out) {
    return Boolean.getBoolean(TERMINAL_PROPERTY) ? new Bar(total) : new Lines(total, out);
  }

  abstract void at(long answered);

  @Override
  public abstract void close();

  private static final class Bar extends DemoProgress {
    private final ProgressBar bar;

    Bar(long total) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("outcomes")
              .setInitialMax(total)
              .setUpdateIntervalMillis(200)
              .setStyle(ProgressBarStyle.ASCII)
              .setConsumer(new ConsoleProgressBarConsumer(System.err))
              .build();
    }

    @Override
    void at(long answered) {
      bar.stepTo(answered);
    }

    @Override
    public void close() {
      bar.close();
    }
  }

  private static final class Lines extends DemoProgress {
    private final long total;
    private final PrintWriter out;
    private long shown = -1;
    private long shownAt = System.nanoTime();

    Lines(long total, PrintWriter out) {
      this.total = total;
      this.out = out;
    }

    @Override
    void at(long answered) {
      boolean due = System.nanoTime() - shownAt >= LINE_EVERY.toNanos() || answered == total;
      if (due && answered != shown) {
        shown = answered;
        shownAt = System.nanoTime();
        out.printf("  %,d of %,d have their outcome%n", answered, total);
        out.flush();
      }
    }

    @Override
    public void close() {
      // nothing is left open
    }
  }
}
