package io.backstop.cli;

import io.backstop.executor.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code backstop dead-letters export}. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Writes whole dead letters to a file, one JSON object per line, newest first.",
      "The file is there when all of it is written; one of that name is replaced. What is not the",
      "whole answer goes to FILE.partial instead."
    })
final class DeadLettersExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      required = true,
      description = "Where to write; - for standard output.")
  private String file;

  @Mixin private LetterFilterOptions filter;

  @Option(
      names = "--limit",
      paramLabel = "N",
      converter = Limit.Converter.class,
      description = "Only the newest N. Default: all.")
  private Limit limit;

  @Option(names = "--json", description = "Say what was written as one JSON object.")
  private boolean json;

  @Mixin private LetterSourceOptions source;

  @Override
  public Integer call() throws IOException {
    LetterSource desks = source.open(spec.commandLine());
    if (file.equals("-")) {
      exportToStandardOutput(desks);
    } else {
      exportToFile(desks);
    }
    return desks.problems().exitCode();
  }

  private void exportToStandardOutput(LetterSource desks) {
    PrintWriter out = spec.commandLine().getOut();
    export(desks, out);
    if (out.checkError()) {
      desks
          .problems()
          .accept("not all letters could be written: standard output is full, or nobody reads it");
    }
  }

  private void exportToFile(LetterSource desks) throws IOException {
    long written;
    String name;
    try (ReplacedFile replaced = ReplacedFile.open(file)) {
      written = export(desks, replaced.writer());
      boolean isWhole = desks.problems().exitCode() == ExitCode.OK;
      name = isWhole ? replaced.finish() : replaced.finishInPart();
      if (!name.equals(file)) {
        desks
            .problems()
            .accept("%s is left as it was; what could be read is in %s".formatted(file, name));
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.object().put("file", name).put("letters", written));
    } else {
      out.printf("%,d dead letters written to %s%n", written, name);
    }
  }

  private long export(LetterSource desks, PrintWriter out) {
    return desks.export(filter.filter(), Optional.ofNullable(limit), out);
  }
}
