package io.backstop.cli;

import io.backstop.action.FleetState;
import io.backstop.client.FleetStates;
import io.backstop.config.BackstopConfig;
import io.backstop.executor.Targets;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** The service, or target with settings of its own, that a command is about. */
final class CircuitSubject {
  @Parameters(
      index = "0",
      paramLabel = "SERVICE",
      description = "A service (notion), or a target with settings of its own (notion:query).")
  private String scope;

  String scope() {
    return scope;
  }

  /**
   * What the fleet has decided, by record key.
   *
   * @throws ParameterException when there is no such circuit
   */
  Map<String, FleetState> states(CommandSpec spec, BackstopConfig settings) {
    Map<String, FleetState> states;
    try (var fleet = FleetStates.open(settings, new Problems(spec.commandLine().getErr()))) {
      states = fleet.read();
    }
    var known = CircuitScopes.of(settings, Targets.load(), states);
    if (!known.contains(scope)) {
      throw new ParameterException(spec.commandLine(), CircuitScopes.unknown(scope, known));
    }
    return states;
  }
}
