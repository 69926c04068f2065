package io.backstop.cli;

import java.io.PrintWriter;
import java.util.function.Consumer;

/** Reports what is wrong without ending the command, and remembers that something was. */
final class Problems implements Consumer<String> {
  private final PrintWriter err;
  private boolean any;

  Problems(PrintWriter err) {
    this.err = err;
  }

  @Override
  public void accept(String problem) {
    any = true;
    err.println("backstop: " + SafeText.line(problem));
  }

  /** {@link ExitCode#FAILED} when there was one. */
  int exitCode() {
    return any ? ExitCode.FAILED : ExitCode.OK;
  }
}
