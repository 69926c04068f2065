package io.backstop.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * Where progress bars are painted: standard error, which must be a terminal, in the width that it
 * has at the moment. The library would find out the width by itself, but takes Ctrl-C away from the
 * process then: it would end at once, without a word.
 */
final class TerminalBars extends ConsoleProgressBarConsumer {
  private static final int USUAL_WIDTH = 80;

  private final Terminal terminal;

  private TerminalBars(PrintStream out, Terminal terminal) {
    super(out, USUAL_WIDTH);
    this.terminal = terminal;
  }

  static TerminalBars onStandardError() {
    try {
      return new TerminalBars(
          System.err,
          TerminalBuilder.builder()
              .systemOutput(TerminalBuilder.SystemOutput.SysErr)
              .nativeSignals(false)
              .dumb(true)
              .build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One column less than there are: in the last one the cursor would go to the next line. */
  @Override
  public int getMaxRenderedLength() {
    int width = terminal.getWidth();
    return (width > 0 ? width : USUAL_WIDTH) - 1;
  }
}
