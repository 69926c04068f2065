package io.backstop.cli;

import io.backstop.action.FleetKey;
import io.backstop.action.FleetState;
import io.backstop.config.Policies;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code backstop circuits configure}. */
@Command(
    name = "configure",
    mixinStandardHelpOptions = true,
    description = {
      "Changes settings of a service in every instance, without restart, until changed again.",
      "'circuits settings SERVICE' lists them."
    })
final class CircuitConfigureCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private CircuitSubject subject;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "KEY=VALUE",
      description = {
        "A setting as below backstop.services.<service>: circuit.open-duration=10s,",
        "calls-per-second=50. KEY= puts it back to what is configured."
      })
  private List<String> assignments;

  @Mixin private CommandOptions options;

  @Override
  public Integer call() {
    MisplacedOptions.refuse(spec);
    Map<String, String> changes = parsed();
    var settings = options.load();
    var states = subject.states(spec, settings);
    var problems = problems(new Policies(settings), changes, states);
    if (!problems.isEmpty()) {
      throw wrong(String.join("; ", problems));
    }
    return options.send(spec, settings, "circuit.configure", subject.scope(), changes);
  }

  private Map<String, String> parsed() {
    var changes = new TreeMap<String, String>();
    for (String assignment : assignments) {
      int equals = assignment.indexOf('=');
      if (equals < 1) {
        throw wrong("'" + assignment + "' is not KEY=VALUE, such as circuit.open-duration=10s");
      }
      String key = assignment.substring(0, equals);
      if (changes.put(key, assignment.substring(equals + 1)) != null) {
        throw wrong(key + " is given twice");
      }
    }
    return changes;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** What the processors would say, without asking them. */
  private List<String> problems(
      Policies policies, Map<String, String> changes, Map<String, FleetState> states) {
    var together = new HashMap<String, String>();
    Optional.ofNullable(states.get(FleetKey.SETTINGS.of(subject.scope())))
        .map(FleetState::getSettings)
        .ifPresent(changed -> together.putAll(changed.getSettings()));
    together.putAll(changes);
    return ScopeChanges.problems(policies, subject.scope(), together);
  }
}
