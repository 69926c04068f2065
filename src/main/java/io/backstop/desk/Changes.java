package io.backstop.desk;

import io.backstop.action.DeskLetter;
import io.backstop.action.LetterStatus;
import io.backstop.action.OperationPlan;
import io.backstop.action.PassedOver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What operations other than replays make of a letter. Stream thread only. */
final class Changes {
  private static final int LONGEST_CATEGORY = 100;
  private static final int LONGEST_TAG = 50;
  private static final int MOST_TAGS = 20;

  private final Lineages lineages;

  Changes(Lineages lineages) {
    this.lineages = lineages;
  }

  /** Why a plan can be carried out with no letter at all, for a person. */
  static Optional<String> problem(OperationPlan plan) {
    return switch (plan.getKind()) {
      case REPLAY, DISMISS, REOPEN -> Optional.empty();
      case CATEGORIZE -> problemOfCategory(plan);
      case NOTE -> problemOfNote(plan.getNote());
      case UNKNOWN -> Optional.of("this version does not know what is to be done: update it");
    };
  }

  private static Optional<String> problemOfCategory(OperationPlan plan) {
    if (plan.getCategory() != null && plan.getCategory().length() > LONGEST_CATEGORY) {
      return Optional.of(
          "the category has %d characters: at most %d are allowed"
              .formatted(plan.getCategory().length(), LONGEST_CATEGORY));
    }
    return plan.getAddTags().stream()
        .filter(tag -> tag.isBlank() || tag.length() > LONGEST_TAG)
        .findFirst()
        .map(
            tag ->
                "a tag has %d characters: 1 to %d are allowed".formatted(tag.length(), LONGEST_TAG))
        .or(
            () ->
                plan.getAddTags().size() > MOST_TAGS
                    ? Optional.of("a letter can have at most %d tags".formatted(MOST_TAGS))
                    : Optional.empty());
  }

  private static Optional<String> problemOfNote(String note) {
    return note == null || note.isBlank() || note.length() > Notes.LONGEST
        ? Optional.of("a note has 1 to %,d characters".formatted(Notes.LONGEST))
        : Optional.empty();
  }

  /**
   * The letter as the operation leaves it, which is still to be put on the desk.
   *
   * @throws LeftAlone when it is to stay as it is
   */
  DeskLetter apply(OperationPlan plan, String operationId, DeskLetter letter, long now) {
    return switch (plan.getKind()) {
      case DISMISS -> dismissed(plan, operationId, letter, now);
      case REOPEN -> reopened(plan, operationId, letter, now);
      case CATEGORIZE -> categorized(plan, letter);
      case NOTE -> Notes.add(letter, plan.getActor(), plan.getNote(), now);
      case REPLAY, UNKNOWN -> throw new IllegalArgumentException(plan.getKind() + " is no change");
    };
  }

  private static DeskLetter dismissed(
      OperationPlan plan, String operationId, DeskLetter letter, long now) {
    boolean mayBe =
        letter.getStatus() == LetterStatus.OPEN
            || letter.getStatus() == LetterStatus.REPLAYED && !Lineages.isUnderWay(letter);
    if (!mayBe) {
      throw changed(letter);
    }
    return with(LetterStatus.DISMISSED, "dismissed", plan, operationId, letter, now);
  }

  private DeskLetter reopened(OperationPlan plan, String operationId, DeskLetter letter, long now) {
    boolean mayBe =
        switch (letter.getStatus()) {
          case DISMISSED, RESOLVED, REPLAYED -> !lineages.isUnderWayAnywhere(letter);
          case OPEN, UNKNOWN -> false;
        };
    if (!mayBe) {
      throw changed(letter);
    }
    DeskLetter last = lineages.goOnFrom(letter);
    return with(LetterStatus.OPEN, "opened again", plan, operationId, last, now);
  }

  private static DeskLetter with(
      LetterStatus status,
      String done,
      OperationPlan plan,
      String operationId,
      DeskLetter letter,
      long now) {
    DeskLetter changed =
        DeskLetter.newBuilder(letter).setStatus(status).setOperationId(operationId).build();
    return Notes.add(changed, plan.getActor(), said(done, plan), now);
  }

  /** {@code dismissed by ann: no longer wanted}. */
  static String said(String done, OperationPlan plan) {
    String by = plan.getActor().isEmpty() ? done : done + " by " + plan.getActor();
    return plan.getReason() == null ? by : by + ": " + plan.getReason();
  }

  private static DeskLetter categorized(OperationPlan plan, DeskLetter letter) {
    List<String> tags = new ArrayList<>(letter.getTags());
    tags.removeAll(plan.getRemoveTags());
    plan.getAddTags().stream().filter(tag -> !tags.contains(tag)).forEach(tags::add);
    if (tags.size() > MOST_TAGS) {
      throw LeftAlone.invalid("it would have more than %d tags".formatted(MOST_TAGS));
    }
    String category = plan.getCategory() == null ? letter.getCategory() : plan.getCategory();
    return DeskLetter.newBuilder(letter)
        .setCategory(category == null || category.isEmpty() ? null : category)
        .setSeverity(plan.getSeverity() == null ? letter.getSeverity() : plan.getSeverity())
        .setTags(tags)
        .build();
  }

  private static LeftAlone changed(DeskLetter letter) {
    return new LeftAlone(PassedOver.CHANGED, "it is " + letter.getStatus() + " by now");
  }
}
