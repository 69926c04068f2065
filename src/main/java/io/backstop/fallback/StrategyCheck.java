package io.backstop.fallback;

import io.backstop.action.ActionRequest;
import io.backstop.action.PayloadConversion.Converted;
import io.backstop.action.PayloadFamily;
import io.backstop.action.Steps;
import io.backstop.action.Strategy;
import io.backstop.config.NearestName;
import io.backstop.executor.ActionExecutor;
import io.backstop.executor.Json;
import io.backstop.executor.Targets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a strategy must be. Each problem is one sentence that begins with the word that is wrong and
 * says what to do. Immutable.
 *
 * <p>A cascade never begins another one: the steps of a step's own strategy are not taken. So the
 * only loops are those inside one list: an action among its own steps, and a step that is there
 * twice.
 */
final class StrategyCheck {
  private final Targets targets;
  private final Conversions conversions;

  StrategyCheck(Targets targets, Conversions conversions) {
    this.targets = targets;
    this.conversions = conversions;
  }

  /** What is wrong with an action's name; empty when there is such an action. */
  Optional<String> ofAction(String action) {
    return targets.find(action).isPresent()
        ? Optional.empty()
        : Optional.of("there is no action '%s'%s".formatted(action, hint(action, targets.names())));
  }

  /**
   * @param action one that is known
   * @param prefix what the words stand below: a key with a dot at its end, or nothing
   */
  List<String> ofStrategy(String action, Strategy strategy, String prefix) {
    List<String> problems = new ArrayList<>();
    PayloadFamily family = targets.find(action).orElseThrow().target().family();
    ofSteps(action, family, strategy.getSteps(), prefix + "steps", problems);
    new TreeMap<>(strategy.getByFailure())
        .forEach(
            (name, steps) -> {
              String key = prefix + "by-failure." + name;
              if (FailureNames.find(name).isEmpty()) {
                problems.add(
                    "%s: there is no failure class '%s'%s"
                        .formatted(key, name, hint(name, FailureNames.all())));
              } else {
                ofSteps(action, family, steps, key, problems);
              }
            });
    ofDefaultValue(strategy.getDefaultValue(), prefix + "default-value", problems);
    return problems;
  }

  /**
   * What is wrong with what a request asks for; costs next to nothing where it asks for nothing.
   */
  List<String> ofRequest(ActionRequest request) {
    if (request.getPolicy() == null) {
      return List.of();
    }
    List<String> problems = new ArrayList<>(0);
    List<String> steps = request.getPolicy().getFallbackSteps();
    if (steps != null) {
      PayloadFamily family = PayloadFamily.of(request.getPayload());
      // a place that is not configured is no fault of the request, which may well not need the step
      new StrategyCheck(targets, Conversions.anywhere())
          .ofSteps(request.getAction(), family, steps, "policy.fallbackSteps", problems);
    }
    ofDefaultValue(request.getPolicy().getDefaultValue(), "policy.defaultValue", problems);
    return problems;
  }

  private void ofSteps(
      String action, PayloadFamily family, List<String> steps, String key, List<String> problems) {
    Set<String> seen = new HashSet<>();
    for (String step : steps) {
      ofStep(action, family, step)
          .or(() -> seen.add(step) ? Optional.empty() : Optional.of(step + " is there twice"))
          .ifPresent(problem -> problems.add(key + ": " + problem));
    }
    int end = steps.indexOf(Steps.DEAD_LETTER);
    if (end >= 0 && end < steps.size() - 1) {
      problems.add(key + ": nothing can follow dead-letter: put it last");
    }
  }

  private Optional<String> ofStep(String action, PayloadFamily family, String step) {
    if (!Steps.isTarget(step)) {
      return Optional.empty();
    } else if (step.equals(action)) {
      return Optional.of(step + " is the action itself: to try it again later, use queue:retry");
    }
    Optional<ActionExecutor> executor = targets.find(step);
    if (executor.isEmpty()) {
      return Optional.of("there is no step '%s'%s".formatted(step, hint(step, allSteps())));
    } else if (!executor.get().servesAsFallback()) {
      return Optional.of(
          "%s cannot be a step: it works on what is there already; steps are %s"
              .formatted(step, String.join(", ", allSteps())));
    }
    return executor.get().takesAnyPayload()
        ? Optional.empty()
        : ofConversion(action, family, executor.get());
  }

  private Optional<String> ofConversion(
      String action, PayloadFamily family, ActionExecutor executor) {
    Converted converted =
        conversions.convert(
            Example.of(action, family), executor.target().name(), executor.target().family());
    return converted instanceof Converted.Refused refused
        ? Optional.of(executor.target().name() + " cannot be a step: " + refused.reason())
        : Optional.empty();
  }

  private static void ofDefaultValue(String json, String key, List<String> problems) {
    if (json != null && Json.read(json).isEmpty()) {
      problems.add(key + ": it is not JSON: write a document such as {\"found\":false}");
    }
  }

  private List<String> allSteps() {
    Set<String> all = new TreeSet<>(targets.fallbacks());
    all.addAll(Steps.named());
    return List.copyOf(all);
  }

  private static String hint(String name, Collection<String> known) {
    String all = "known are " + String.join(", ", known);
    return NearestName.of(name, known)
        .map(nearest -> ": did you mean " + nearest + "? " + all)
        .orElse(": " + all);
  }
}
