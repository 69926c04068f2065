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
      "The file is there when all of it is written; one of that name is replaced."
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

  @Mixin private QueryOptions query;

  @Override
  public Integer call() throws IOException {
    Asking asking = Asking.of(spec.commandLine(), query);
    if (file.equals("-")) {
      exportToStandardOutput(asking);
    } else {
      long written;
      try (ReplacedFile replaced = ReplacedFile.open(file)) {
        written = export(asking, replaced.writer());
        replaced.finish();
      }
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(Json.object().put("file", file).put("letters", written));
      } else {
        out.printf("%,d dead letters written to %s%n", written, file);
      }
    }
    return asking.problems().exitCode();
  }

  private void exportToStandardOutput(Asking asking) {
    PrintWriter out = spec.commandLine().getOut();
    export(asking, out);
    if (out.checkError()) {
      asking
          .problems()
          .accept("not all letters could be written: standard output is full, or nobody reads it");
    }
  }

  private long export(Asking asking, PrintWriter out) {
    LetterPaging paging = new LetterPaging(asking, filter.parameters());
    try (LetterFetching letters = new LetterFetching(asking, out)) {
      paging.read(limit == null ? Long.MAX_VALUE : limit.count(), Optional.empty(), letters::write);
      if (letters.leftOut() > 0) {
        asking
            .problems()
            .accept("%,d letters could not be read and are left out".formatted(letters.leftOut()));
      }
      return letters.written();
    }
  }
}
