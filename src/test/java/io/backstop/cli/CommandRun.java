package io.backstop.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** One command line, run in this process, and what it printed. */
record CommandRun(int exitCode, String out, String err) {

  static CommandRun of(String... args) {
    var out = new StringWriter();
    var err = new StringWriter();
    int exitCode =
        BackstopCommand.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
            .execute(args);
    return new CommandRun(exitCode, out.toString(), err.toString());
  }

  /** With a configuration file of these lines. */
  static CommandRun with(Path directory, String yaml, String... args) {
    try {
      Path file = Files.writeString(directory.resolve("backstop.yaml"), yaml);
      var all = Stream.concat(Stream.of(args), Stream.of("--config", file.toString()));
      return of(all.toArray(String[]::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> outLines() {
    return out.lines().toList();
  }
}
