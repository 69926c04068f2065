package io.backstop.replay;

import io.backstop.action.Command;
import io.backstop.action.OperationKind;
import io.backstop.action.OperationPlan;
import io.backstop.config.NearestName;
import io.backstop.executor.Json;
import io.backstop.executor.Targets;
import java.util.Optional;
import java.util.Set;

/** What {@code replay.start} asks for. */
final class ReplayArguments {
  private static final Set<String> NAMES =
      Set.of(
          "rate",
          "ramp",
          "abort-above",
          "max-generation",
          "to",
          "only-failed-step",
          "patch",
          "force-new-generation");
  private static final double LEAST_RATE = 0.001;
  private static final double MOST_RATE = 1_000_000;
  private static final double ABORT_ABOVE = 0.2;
  private static final int MAX_GENERATION = 5;
  private static final int MOST_GENERATIONS = 100;

  private ReplayArguments() {}

  static Asked of(Command command, Targets targets) {
    Arguments arguments = new Arguments(command, NAMES);
    Optional<Double> rate =
        arguments.decimal(
            "rate", LEAST_RATE, MOST_RATE, "letters a second, 0.001 to 1000000, for example 12.5");
    boolean ramp = arguments.flag("ramp", true);
    Optional<Double> abortAbove =
        arguments.decimal("abort-above", 0, 1, "a share from 0 to 1, for example 0.2");
    OperationPlan plan =
        OperationPlan.newBuilder()
            .setKind(OperationKind.REPLAY)
            .setActor(command.getActor())
            .setReason(command.getReason())
            .setTo(to(arguments, targets).orElse(null))
            .setOnlyFailedStep(arguments.flag("only-failed-step", false))
            .setPatch(patch(arguments).orElse(null))
            .setMaxGeneration(
                arguments.whole(
                    "max-generation",
                    1,
                    MOST_GENERATIONS,
                    MAX_GENERATION,
                    "a whole number from 1 to 100"))
            .setForceNewGeneration(arguments.flag("force-new-generation", false))
            .build();
    if (plan.getTo() != null && plan.getOnlyFailedStep()) {
      arguments.wrong(
          "to and only-failed-step both say where to go: give one of them, or none for the action"
              + " that was asked for");
    }
    return arguments
        .problem()
        .<Asked>map(Asked.Refused::new)
        .orElseGet(
            () -> new Asked.Start(plan, rate.orElse(null), ramp, abortAbove.orElse(ABORT_ABOVE)));
  }

  private static Optional<String> to(Arguments arguments, Targets targets) {
    Optional<String> to = arguments.text("to");
    to.filter(target -> !targets.fallbacks().contains(target))
        .ifPresent(
            target ->
                arguments.wrong(
                    "to",
                    target,
                    targets.find(target).isPresent()
                        ? "it works on what is there already, so nothing else can be sent to it; "
                            + known(target, targets)
                        : "there is no such target; " + known(target, targets)));
    return to;
  }

  private static String known(String target, Targets targets) {
    String all = "known are " + String.join(", ", targets.fallbacks());
    return NearestName.of(target, targets.fallbacks())
        .map(nearest -> "did you mean " + nearest + "? " + all)
        .orElse(all);
  }

  private static Optional<String> patch(Arguments arguments) {
    Optional<String> patch = arguments.text("patch");
    patch
        .filter(text -> Json.read(text).filter(node -> node.isObject()).isEmpty())
        .ifPresent(
            text ->
                arguments.wrong(
                    "patch",
                    text,
                    "give a JSON merge patch, which is an object, for example"
                        + " {\"title\": \"another\"}"));
    return patch;
  }
}
