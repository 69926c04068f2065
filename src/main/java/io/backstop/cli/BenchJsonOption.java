package io.backstop.cli;

import java.io.PrintWriter;
import java.io.Writer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Whether a bench prints its JSON line alone. */
final class BenchJsonOption {
  @Option(names = "--json", description = "The JSON line at the end and nothing else.")
  private boolean json;

  /** Where the bench tells people how far it is. */
  PrintWriter people(CommandSpec command) {
    return json ? new PrintWriter(Writer.nullWriter()) : command.commandLine().getOut();
  }
}
