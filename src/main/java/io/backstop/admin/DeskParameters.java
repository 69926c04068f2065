package io.backstop.admin;

import io.backstop.action.FailureClass;
import io.backstop.action.LetterStatus;
import io.backstop.action.ReasonCode;
import io.backstop.desk.GroupQuery;
import io.backstop.desk.LetterFilter;
import io.backstop.desk.LetterPosition;
import io.backstop.desk.LetterQuery;
import io.backstop.executor.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The parameters of queries to the desk, and what they mean to it. */
final class DeskParameters {
  private static final ParameterType NAME = new ParameterType.Text(200);

  static final Parameter ID =
      new Parameter("id", "Id of the dead letter.", new ParameterType.Text(1_000));

  static final Parameter LIMIT =
      new Parameter("limit", "Most letters on the page.", new ParameterType.Count(1, 500, 50));

  static final Parameter CURSOR =
      new Parameter(
          "cursor", "Where the page before ended: its next.", new ParameterType.Text(4_000));

  private static final Parameter FROM =
      new Parameter("from", "Dead-lettered at this time or later.", new ParameterType.Time());
  private static final Parameter TO =
      new Parameter("to", "Dead-lettered before this time.", new ParameterType.Time());
  private static final Parameter ACTION =
      new Parameter("action", "Of this action, such as notion:createPage.", NAME);
  private static final Parameter TARGET =
      new Parameter("target", "Whose failure at this target decided.", NAME);
  private static final Parameter FAILURE_CLASS =
      new Parameter(
          "failure-class",
          "Whose decisive failure was of this class.",
          ParameterType.OneOf.of(FailureClass.class));
  private static final Parameter REASON =
      new Parameter(
          "reason", "Dead-lettered for this reason.", ParameterType.OneOf.of(ReasonCode.class));
  private static final Parameter SUBMITTER =
      new Parameter("submitter", "Asked for by this submitter.", NAME);
  private static final Parameter STATUS =
      new Parameter("status", "With this status.", ParameterType.OneOf.of(LetterStatus.class));
  private static final Parameter GROUP =
      new Parameter("group", "Of the group with this fingerprint.", NAME);
  private static final Parameter TEXT =
      new Parameter(
          "text", "With this text in the beginning of the reason or in an id, in any case.", NAME);

  private static final Parameter CUT_OFF =
      new Parameter(
          "cut-off",
          "By partition of the dead letters: only those that stand before this offset. Partitions"
              + " that are not named have none. See /v1/desk-position.",
          new ParameterType.Offsets());

  /** Of a list. */
  static final List<Parameter> LIST =
      List.of(
          FROM,
          TO,
          ACTION,
          TARGET,
          FAILURE_CLASS,
          REASON,
          SUBMITTER,
          STATUS,
          GROUP,
          TEXT,
          CUT_OFF,
          LIMIT,
          CURSOR,
          Gathering.LOCAL,
          Gathering.PARTITIONS);

  private static final Parameter OPEN =
      new Parameter(
          "open", "true: only groups with a letter that is OPEN.", new ParameterType.Flag());
  static final Parameter GROUP_LIMIT =
      new Parameter("limit", "Most groups.", new ParameterType.Count(1, 500, 50));

  /** Of the groups. */
  static final List<Parameter> GROUPS =
      List.of(TARGET, FAILURE_CLASS, OPEN, GROUP_LIMIT, Gathering.LOCAL, Gathering.PARTITIONS);

  /** Of one letter, and of the positions. */
  static final List<Parameter> FIND = List.of(Gathering.LOCAL, Gathering.PARTITIONS);

  private DeskParameters() {}

  static LetterQuery letters(Arguments arguments) {
    LetterFilter filter =
        new LetterFilter(
            arguments.oneOf(STATUS.name(), LetterStatus.class),
            arguments.text(ACTION.name()),
            arguments.text(TARGET.name()),
            arguments.oneOf(FAILURE_CLASS.name(), FailureClass.class),
            arguments.oneOf(REASON.name(), ReasonCode.class),
            arguments.text(SUBMITTER.name()),
            arguments.text(GROUP.name()),
            arguments.text(TEXT.name()));
    return new LetterQuery(
        filter,
        millis(arguments.time(FROM.name())),
        millis(arguments.time(TO.name())),
        arguments.text(CURSOR.name()).map(DeskParameters::position),
        arguments.count(LIMIT));
  }

  /**
   * Offsets before which letters of this partition are to stand: none does where it is not named.
   */
  static long before(Arguments arguments, int partition) {
    return cutOff(arguments, partition).orElse(Long.MAX_VALUE);
  }

  /** The same; empty where no cut-off is given at all. */
  static Optional<Long> cutOff(Arguments arguments, int partition) {
    return arguments
        .offsets(CUT_OFF.name())
        .map(each -> each.getOrDefault(partition, Long.MIN_VALUE));
  }

  static GroupQuery groups(Arguments arguments, int limit) {
    return new GroupQuery(
        arguments.text(TARGET.name()),
        arguments.oneOf(FAILURE_CLASS.name(), FailureClass.class),
        arguments.flag(OPEN.name()),
        limit);
  }

  private static LetterPosition position(String cursor) {
    try {
      return LetterPosition.ofCursor(cursor);
    } catch (IllegalArgumentException e) {
      throw new QueryProblem(
          400,
          "parameter cursor: " + e.getMessage(),
          Json.object().put("parameter", CURSOR.name()));
    }
  }

  private static OptionalLong millis(Optional<Instant> time) {
    return time.map(each -> OptionalLong.of(each.toEpochMilli())).orElseGet(OptionalLong::empty);
  }
}
