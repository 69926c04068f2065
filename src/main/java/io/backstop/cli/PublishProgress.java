package io.backstop.cli;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar on standard error, only where that is a terminal. */
final class PublishProgress implements AutoCloseable {
  /** Set by the launcher, because Java cannot tell whether standard error is a terminal. */
  private static final String TERMINAL_PROPERTY = "terminal.stderr";

  private final ProgressBar bar;

  private PublishProgress(ProgressBar bar) {
    this.bar = bar;
  }

  static PublishProgress onTerminal() {
    return new PublishProgress(Boolean.getBoolean(TERMINAL_PROPERTY) ? bar() : null);
  }

  /** Draws nothing. */
  static PublishProgress none() {
    return new PublishProgress(null);
  }

  private static ProgressBar bar() {
    return new ProgressBarBuilder()
        .setTaskName("published")
        .setInitialMax(-1)
        .setUnit(" requests", 1)
        .showSpeed()
        .setUpdateIntervalMillis(500)
        .setStyle(ProgressBarStyle.ASCII)
        .setConsumer(TerminalBars.onStandardError())
        .build();
  }

  boolean isShown() {
    return bar != null;
  }

  void at(long published) {
    if (bar != null) {
      bar.stepTo(published);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
