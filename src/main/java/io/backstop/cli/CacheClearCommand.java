package io.backstop.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code backstop cache clear}. */
@Command(
    name = "clear",
    mixinStandardHelpOptions = true,
    description = "Removes cached results: all, those of one action, or one of them.")
final class CacheClearCommand implements Callable<Integer> {
  private static final String ALL = "*";

  @Spec private CommandSpec spec;

  @Option(names = "--all", description = "Those of every action.")
  private boolean all;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "ACTION",
      description = "Those of this action, for example notion:query.")
  private String action;

  @Option(names = "--key", paramLabel = "KEY", description = "Only the one under this cache key.")
  private String key;

  @Mixin private CommandOptions options;

  @Override
  public Integer call() {
    if (all == (action != null)) {
      throw new ParameterException(spec.commandLine(), "give an ACTION or --all");
    }
    if (all && key != null) {
      throw new ParameterException(spec.commandLine(), "--key belongs to an ACTION, not to --all");
    }
    Map<String, String> arguments = key == null ? Map.of() : Map.of("key", key);
    return options.send(spec, options.load(), "cache.clear", all ? ALL : action, arguments);
  }
}
