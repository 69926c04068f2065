package io.backstop.admin;

import io.backstop.action.LetterStatus;
import io.backstop.action.OperationKind;
import io.backstop.action.OperationPlan;
import io.backstop.desk.LetterQuery;
import io.backstop.executor.Json;
import io.backstop.serde.InvalidJsonException;
import io.backstop.serde.MergePatch;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The parameters of a preview: which letters, and how they would be replayed. */
final class PreviewParameters {
  private static final int MOST_IDS = 100;
  private static final int MOST_GENERATIONS = 100;
  private static final int USUAL_GENERATIONS = 5;

  /** A longer one would not fit the head of a request beside the ids. */
  private static final int MOST_PATCH = 6_000;

  static final Parameter IDS =
      new Parameter(
          "id",
          "Only these letters, whatever their status; several times, or with commas between."
              + " Excludes filters and cursor.",
          new ParameterType.Several(MOST_IDS, 1_000, true));
  static final Parameter TO_TARGET =
      new Parameter("to-target", "As if sent to this target instead.", new ParameterType.Text(200));
  static final Parameter ONLY_FAILED_STEP =
      new Parameter(
          "only-failed-step",
          "true: as if only the step that was tried last were sent in.",
          new ParameterType.Flag());
  static final Parameter MAX_GENERATION =
      new Parameter(
          "max-generation",
          "Letters whose replay would be of a higher generation are left.",
          new ParameterType.Count(1, MOST_GENERATIONS, USUAL_GENERATIONS));

  static final Parameter PATCH =
      new Parameter(
          "patch",
          "As if this JSON merge patch, an object, were put on the payloads.",
          new ParameterType.Text(MOST_PATCH));

  /** Of a preview: those of a list, and how the replay would be. */
  static final List<Parameter> ALL =
      Stream.concat(
              DeskParameters.LIST.stream(),
              Stream.of(IDS, TO_TARGET, ONLY_FAILED_STEP, MAX_GENERATION, PATCH))
          .toList();

  /** Those that a preview of single letters takes, beside their ids. */
  private static final Set<String> WITH_IDS =
      Stream.of(
              IDS,
              TO_TARGET,
              ONLY_FAILED_STEP,
              MAX_GENERATION,
              PATCH,
              Gathering.LOCAL,
              Gathering.PARTITIONS)
          .map(Parameter::name)
          .collect(Collectors.toSet());

  private PreviewParameters() {}

  /**
   * The single letters that are asked for; none for those of a filter.
   *
   * @throws QueryProblem when a filter is given too
   */
  static List<String> ids(Arguments arguments) {
    List<String> ids = arguments.texts(IDS.name()).stream().distinct().toList();
    if (!ids.isEmpty()) {
      arguments.given().keySet().stream()
          .filter(name -> !WITH_IDS.contains(name))
          .sorted()
          .findFirst()
          .ifPresent(
              name -> {
                throw new QueryProblem(
                    400,
                    "parameter " + name + " cannot be given together with id",
                    Json.object().put("parameter", name));
              });
    }
    return ids;
  }

  /** Letters of a list; those that are OPEN where no status is given. */
  static LetterQuery openLetters(Arguments arguments) {
    LetterQuery query = DeskParameters.letters(arguments);
    return query.filter().status().isPresent()
        ? query
        : new LetterQuery(
            query.filter().withStatus(LetterStatus.OPEN),
            query.from(),
            query.to(),
            query.after(),
            query.limit());
  }

  /**
   * How the letters would be replayed.
   *
   * @throws QueryProblem when it contradicts itself
   */
  static OperationPlan plan(Arguments arguments) {
    Optional<String> to = arguments.text(TO_TARGET.name());
    boolean onlyFailedStep = arguments.flag(ONLY_FAILED_STEP.name());
    if (to.isPresent() && onlyFailedStep) {
      throw new QueryProblem(
          400,
          "parameter to-target says another step than only-failed-step: give one of them",
          Json.object().put("parameter", TO_TARGET.name()));
    }
    return OperationPlan.newBuilder()
        .setKind(OperationKind.REPLAY)
        .setTo(to.orElse(null))
        .setOnlyFailedStep(onlyFailedStep)
        .setMaxGeneration(arguments.count(MAX_GENERATION))
        .setPatch(arguments.text(PATCH.name()).map(PreviewParameters::patch).orElse(null))
        .build();
  }

  private static String patch(String text) {
    try {
      MergePatch.of(text);
      return text;
    } catch (InvalidJsonException e) {
      throw new QueryProblem(
          400,
          "parameter patch is no merge patch: " + e.getMessage(),
          Json.object().put("parameter", PATCH.name()));
    }
  }
}
