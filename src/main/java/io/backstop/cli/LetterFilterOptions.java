package io.backstop.cli;

import io.backstop.action.FailureClass;
import io.backstop.action.LetterStatus;
import io.backstop.action.ReasonCode;
import io.backstop.action.SelectionFilter;
import io.backstop.client.Start;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which dead letters a command is about. */
final class LetterFilterOptions {
  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = SinceConverter.class,
      description = "From this time on: 10m, 2h, 1d (ago) or 2026-11-22T12:00:00Z.")
  private Start.Since since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      converter = SinceConverter.class,
      description = "Before this time, written in the same way.")
  private Start.Since until;

  @Option(
      names = "--action",
      paramLabel = "ACTION",
      description = "Of this action, such as notion:createPage.")
  private String action;

  @Option(
      names = "--target",
      paramLabel = "TARGET",
      description = "Whose failure at this target decided.")
  private String target;

  @Option(
      names = "--failure-class",
      paramLabel = "CLASS",
      converter = KnownNames.FailureClasses.class,
      completionCandidates = KnownNames.FailureClasses.class,
      description = "Whose decisive failure was of this class: ${COMPLETION-CANDIDATES}.")
  private FailureClass failureClass;

  @Option(
      names = "--reason-code",
      paramLabel = "CODE",
      converter = KnownNames.ReasonCodes.class,
      completionCandidates = KnownNames.ReasonCodes.class,
      description = "Dead-lettered for this reason: ${COMPLETION-CANDIDATES}.")
  private ReasonCode reasonCode;

  @Option(names = "--submitter", paramLabel = "NAME", description = "Asked for by this submitter.")
  private String submitter;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      converter = KnownNames.LetterStatuses.class,
      completionCandidates = KnownNames.LetterStatuses.class,
      description = "With this status: ${COMPLETION-CANDIDATES}.")
  private LetterStatus status;

  @Option(
      names = "--group",
      paramLabel = "FINGERPRINT",
      description = "Of this group; 'dead-letters groups' shows them.")
  private String group;

  @Option(
      names = "--text",
      paramLabel = "TEXT",
      description = "With this text in the beginning of the reason or in an id, in any case.")
  private String text;

  /** What is given. */
  SelectionFilter filter() {
    return filter(Optional.empty());
  }

  /**
   * What is given.
   *
   * @param usual status where none is given
   */
  SelectionFilter filter(Optional<LetterStatus> usual) {
    return SelectionFilter.newBuilder()
        .setFrom(instant(since))
        .setTo(instant(until))
        .setAction(action)
        .setTarget(target)
        .setFailureClass(failureClass)
        .setReasonCode(reasonCode)
        .setSubmitter(submitter)
        .setStatus(status == null ? usual.orElse(null) : status)
        .setGroup(group)
        .setText(text)
        .build();
  }

  /** Whether nothing is given. */
  boolean isEmpty() {
    return filter().equals(SelectionFilter.newBuilder().build());
  }

  private static Instant instant(Start.Since time) {
    return time == null ? null : Instant.ofEpochMilli(time.instant().toEpochMilli());
  }
}
