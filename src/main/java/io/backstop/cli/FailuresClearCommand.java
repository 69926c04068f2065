package io.backstop.cli;

import io.backstop.action.FleetKey;
import io.backstop.action.ServiceName;
import io.backstop.client.FleetStates;
import io.backstop.config.BackstopConfig;
import io.backstop.config.NearestName;
import io.backstop.executor.Targets;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code backstop failures clear}. */
@Command(
    name = "clear",
    mixinStandardHelpOptions = true,
    description = "Forgets what failed at a service or at all of them, in every instance.")
final class FailuresClearCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--all", description = "Those of every service.")
  private boolean all;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "SERVICE",
      description = "Those of this service, for example notion.")
  private String service;

  @Mixin private CommandOptions options;

  @Override
  public Integer call() {
    if (all == (service != null)) {
      throw new ParameterException(spec.commandLine(), "give a SERVICE or --all");
    }
    BackstopConfig settings = options.load();
    if (!all) {
      requireService(settings);
    }
    return options.send(spec, settings, "failures.clear", all ? "" : service, Map.of());
  }

  /** One that this process knows, or at which something has failed: processors may have more. */
  private void requireService(BackstopConfig settings) {
    Set<String> known = new TreeSet<>();
    Targets.load().names().forEach(target -> known.add(ServiceName.service(target)));
    try (var fleet = FleetStates.open(settings, new Problems(spec.commandLine().getErr()))) {
      fleet.read().keySet().stream()
          .filter(FleetKey.FAILURES::matches)
          .forEach(key -> known.add(FleetKey.FAILURES.scope(key)));
    }
    if (!known.contains(service)) {
      String hint =
          NearestName.of(service, known).map(each -> "did you mean " + each + "? ").orElse("");
      throw new ParameterException(
          spec.commandLine(),
          "no service '%s': %sknown are %s".formatted(service, hint, String.join(", ", known)));
    }
  }
}
