package io.backstop.cli;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code backstop strategies set}. */
@Command(
    name = "set",
    mixinStandardHelpOptions = true,
    description = {
      "Sets the whole strategy of an action in every instance, until it is set again or reset.",
      "A step is a target (trello:createCard), queue:retry, queue:high, queue:medium, queue:low,",
      "cached-result, default-value, skip or dead-letter."
    })
final class StrategySetCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "ACTION", description = "For example notion:createPage.")
  private String action;

  @Option(
      names = "--steps",
      paramLabel = "STEP[,STEP...]",
      description = "The steps, in order; '' for none.")
  private String steps;

  @Option(
      names = "--on",
      paramLabel = "CLASS=STEP[,STEP...]",
      description = {
        "Other steps for a failure class: --on RATE_LIMITED=queue:retry,csv:log.",
        "Can be given several times. VALIDATION, NOT_FOUND and CONFLICT go to dead-letter unless named."
      })
  private List<String> byFailure = List.of();

  @Option(
      names = "--default-value",
      paramLabel = "JSON",
      description = "What the step default-value answers with, where the request gives none.")
  private String defaultValue;

  @Option(names = "--disable", description = "Take no steps: failures go to the dead letters.")
  private boolean disable;

  @Mixin private CommandOptions options;

  @Override
  public Integer call() {
    if (steps == null && !disable) {
      throw wrong("give --steps, or --disable");
    }
    return options.send(spec, options.load(), "strategies.set", action, arguments());
  }

  private Map<String, String> arguments() {
    var arguments = new TreeMap<String, String>();
    if (steps != null) {
      arguments.put("steps", steps);
    }
    if (defaultValue != null) {
      arguments.put("default-value", defaultValue);
    }
    arguments.put("enabled", Boolean.toString(!disable));
    for (String route : byFailure) {
      int equals = route.indexOf('=');
      if (equals < 1) {
        throw wrong("'" + route + "' is not CLASS=STEPS, such as RATE_LIMITED=queue:retry");
      }
      String name = route.substring(0, equals);
      if (arguments.put("by-failure." + name, route.substring(equals + 1)) != null) {
        throw wrong("--on " + name + " is given twice");
      }
    }
    return arguments;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
