package io.backstop.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command to one circuit that needs no further words. */
abstract class CircuitOrder implements Callable<Integer> {
  private final String command;

  @Spec private CommandSpec spec;

  @Mixin private CircuitSubject subject;

  @Mixin private CommandOptions options;

  /**
   * @param command its name on the topic of commands
   */
  CircuitOrder(String command) {
    this.command = command;
  }

  @Override
  public final Integer call() {
    MisplacedOptions.refuse(spec);
    var settings = options.load();
    subject.states(spec, settings);
    return options.send(spec, settings, command, subject.scope(), Map.of());
  }
}
