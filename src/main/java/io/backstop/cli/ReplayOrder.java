package io.backstop.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A command to one running replay. */
abstract class ReplayOrder implements Callable<Integer> {
  private final String command;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ID", description = "Id of the replay, as 'replay list' shows it.")
  private String id;

  @Mixin private CommandOptions options;

  /**
   * @param command its name on the topic of commands
   */
  ReplayOrder(String command) {
    this.command = command;
  }

  @Override
  public final Integer call() {
    MisplacedOptions.refuse(spec);
    return options.send(spec, options.load(), command, id, Map.of());
  }
}
