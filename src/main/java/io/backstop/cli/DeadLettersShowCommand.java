package io.backstop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code backstop dead-letters show}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Shows one dead letter: what it was, why it is here, and all that was tried.")
final class DeadLettersShowCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ID", description = "Id of the dead letter, as 'list' shows it.")
  private String id;

  @Option(names = "--json", description = "One JSON object.")
  private boolean json;

  @Mixin private LetterSourceOptions source;

  @Override
  public Integer call() {
    if (id.isBlank()) {
      throw new ParameterException(spec.commandLine(), "ID is empty: 'dead-letters list' has ids");
    }
    LetterSource desks = source.open(spec.commandLine());
    desks.find(id).ifPresent(this::print);
    return desks.problems().exitCode();
  }

  private void print(JsonNode letter) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(letter);
    } else {
      new LetterText(letter).lines().forEach(out::println);
    }
  }
}
