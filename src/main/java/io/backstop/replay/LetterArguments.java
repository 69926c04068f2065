package io.backstop.replay;

import io.backstop.action.Command;
import io.backstop.action.OperationKind;
import io.backstop.action.OperationPlan;
import io.backstop.action.Severity;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the commands ask for that change dead letters where they are. */
final class LetterArguments {
  private static final Set<String> OF_CATEGORIZE =
      Set.of("category", "severity", "add-tags", "remove-tags");
  private static final int LONGEST_CATEGORY = 100;
  private static final int MOST_TAGS = 20;
  private static final int LONGEST_TAG = 50;
  private static final int LONGEST_NOTE = 2_000;

  private LetterArguments() {}

  /**
   * @param kind none but {@code REPLAY}
   */
  static Asked of(Command command, OperationKind kind) {
    OperationPlan.Builder plan =
        OperationPlan.newBuilder()
            .setKind(kind)
            .setActor(command.getActor())
            .setReason(command.getReason());
    Arguments arguments = new Arguments(command, names(kind));
    if (kind == OperationKind.CATEGORIZE) {
      categorize(arguments, plan);
    } else if (kind == OperationKind.NOTE) {
      note(arguments, plan);
    }
    return arguments
        .problem()
        .<Asked>map(Asked.Refused::new)
        .orElseGet(() -> new Asked.Start(plan.build(), null, false, 1));
  }

  private static Set<String> names(OperationKind kind) {
    return kind == OperationKind.CATEGORIZE
        ? OF_CATEGORIZE
        : kind == OperationKind.NOTE ? Set.of("note") : Set.of();
  }

  private static void categorize(Arguments arguments, OperationPlan.Builder plan) {
    if (OF_CATEGORIZE.stream().noneMatch(arguments::has)) {
      arguments.wrong(
          "nothing to change is given: give category, severity, add-tags or remove-tags");
    }
    arguments
        .text("category")
        .filter(category -> category.length() > LONGEST_CATEGORY || !Arguments.isLine(category))
        .ifPresent(
            category ->
                arguments.wrong(
                    "category",
                    category,
                    "give at most 100 characters on one line, or nothing to remove it"));
    List<String> added = arguments.list("add-tags", MOST_TAGS, LONGEST_TAG);
    List<String> removed = arguments.list("remove-tags", MOST_TAGS, LONGEST_TAG);
    added.stream()
        .filter(removed::contains)
        .findFirst()
        .ifPresent(tag -> arguments.wrong("add-tags and remove-tags both have '" + tag + "'"));
    plan.setCategory(arguments.text("category").map(String::strip).orElse(null))
        .setSeverity(severity(arguments).orElse(null))
        .setAddTags(added)
        .setRemoveTags(removed);
  }

  private static Optional<Severity> severity(Arguments arguments) {
    Optional<String> given = arguments.text("severity");
    Optional<Severity> severity =
        given.flatMap(
            name ->
                Arrays.stream(Severity.values())
                    .filter(each -> each.name().equalsIgnoreCase(name))
                    .findFirst());
    if (given.isPresent() && severity.isEmpty()) {
      arguments.wrong("severity", given.get(), "give LOW, MEDIUM, HIGH or CRITICAL");
    }
    return severity;
  }

  private static void note(Arguments arguments, OperationPlan.Builder plan) {
    String note = arguments.text("note").orElse("").strip();
    if (note.isEmpty()) {
      arguments.wrong("note is missing: give the text to be written on the letters");
    } else if (note.length() > LONGEST_NOTE) {
      arguments.wrong("note has %d characters: give at most 2000".formatted(note.length()));
    }
    plan.setNote(note);
  }
}
