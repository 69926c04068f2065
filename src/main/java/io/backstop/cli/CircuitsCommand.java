package io.backstop.cli;

import io.backstop.client.FleetStates;
import io.backstop.config.BackstopConfig;
import io.backstop.executor.Targets;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code backstop circuits}. */
@Command(
    name = "circuits",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the circuit of every service: its state, failures and calls in its window, when it is",
      "probed next, success rate and times, and how many instances stopped calling on their own.",
      "The subcommands change it, in every instance at once and without restart."
    },
    subcommands = {
      CircuitResetCommand.class,
      CircuitForceOpenCommand.class,
      CircuitDisableCommand.class,
      CircuitConfigureCommand.class,
      CircuitSettingsCommand.class
    })
final class CircuitsCommand implements Callable<Integer> {
  /** Set by the launcher, because Java cannot tell whether standard output is a terminal. */
  private static final String TERMINAL_PROPERTY = "terminal.stdout";

  @Spec private CommandSpec spec;

  @Mixin private ConfigOptions config;

  @Option(
      names = "--watch",
      description = {
        "Stay, and show every change, until Ctrl-C.",
        "Not on a terminal: one line per circuit whose state changed."
      })
  private boolean watch;

  @Option(names = "--json", description = "One JSON object per line.")
  private boolean json;

  @Override
  public Integer call() {
    BackstopConfig settings = config.load();
    var out = spec.commandLine().getOut();
    var err = spec.commandLine().getErr();
    var problems = new Problems(err);
    try (var fleet = FleetStates.open(settings, problems)) {
      var states = fleet.read();
      var scopes = CircuitScopes.of(settings, Targets.load(), states);
      var clock = InstantSource.system();
      if (watch) {
        boolean terminal = Boolean.getBoolean(TERMINAL_PROPERTY);
        follow(fleet, new CircuitWatch(scopes, states, json, terminal, out, clock));
      } else {
        if (!json) {
          out.println(CircuitLine.TABLE.head());
        }
        var now = clock.instant();
        scopes.forEach(scope -> out.println(CircuitLine.of(scope, states, now).text(json)));
      }
    }
    return problems.exitCode();
  }

  private void follow(FleetStates fleet, CircuitWatch circuits) {
    var out = spec.commandLine().getOut();
    try (var stop = new StopSignal()) {
      circuits.start();
      fleet.follow(
          circuits,
          () -> {
            circuits.draw();
            // a closed pipe (| head) ends the command quietly
            return !stop.reason().isDone() && !out.checkError();
          });
    }
  }
}
