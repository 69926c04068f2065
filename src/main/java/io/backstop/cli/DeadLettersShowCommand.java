package io.backstop.cli;

import io.backstop.client.QueryClient;
import java.util.Map;
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

  @Mixin private QueryOptions query;

  @Override
  public Integer call() {
    if (id.isBlank()) {
      throw new ParameterException(spec.commandLine(), "ID is empty: 'dead-letters list' has ids");
    }
    Asking asking = Asking.of(spec.commandLine(), query);
    QueryClient.Reply reply =
        asking.client().get(LetterPaging.PATH + "/" + QueryClient.encoded(id), Map.of());
    if (!reply.isOk()) {
      asking.sayWhatIsMissing(reply.body());
      asking.problems().accept(reply.detail());
    } else if (json) {
      spec.commandLine().getOut().println(reply.body());
    } else {
      new LetterText(reply.body()).lines().forEach(spec.commandLine().getOut()::println);
    }
    return asking.problems().exitCode();
  }
}
