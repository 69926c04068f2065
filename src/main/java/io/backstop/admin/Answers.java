package io.backstop.admin;

import io.backstop.action.CallStatistics;
import io.backstop.action.CircuitStatus;
import io.backstop.action.DeskLetter;
import io.backstop.action.FallbackStatistics;
import io.backstop.action.LetterGroup;
import io.backstop.action.LetterSummary;
import io.backstop.action.OperationStatus;
import io.backstop.action.RecentFailures;
import io.backstop.action.Strategy;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The forms of all answers, as the OpenAPI document has them. */
final class Answers {
  private Answers() {}

  static Answer letters() {
    return Answer.object()
        .withList("items", Answer.besides(LetterSummary.getClassSchema()), "Newest first.")
        .with("next", "string?", "The cursor of the next page; null at the end of the list.")
        .gathered();
  }

  /** Text beside base64 is left out of the form, as the members of records are those of Avro. */
  static Answer letter() {
    return Answer.besides(DeskLetter.getClassSchema());
  }

  static Answer groups() {
    Answer group =
        Answer.besides(LetterGroup.getClassSchema())
            .with("fingerprint", "string", "Of the group; the parameter group of lists takes it.");
    return Answer.object()
        .withList("items", group, "Largest first.")
        .with("complete", "boolean", "false: there are more groups, and counts may be too low.")
        .gathered();
  }

  static Answer position() {
    return Answer.object()
        .with(
            "cutOff",
            "object",
            "By partition of the dead letters: the offset after the last one that its desk has"
                + " taken in, 0 before the first.")
        .gathered();
  }

  static Answer preview() {
    Answer item =
        Answer.object()
            .with("id", "string", "Of the letter.")
            .with(
                "verdict",
                "string",
                "In one word: "
                    + Arrays.stream(Verdict.values())
                        .map(Enum::name)
                        .collect(Collectors.joining(", "))
                    + ".")
            .with("message", "string", "Why, for people; empty where there is nothing to say.")
            .with("target", "string?", "The target that its request would be sent to.")
            .with("action", "string?", "The action that was asked for.")
            .with("generation", "integer?", "The generation that its request would have.")
            .with("letter", LetterSummary.getClassSchema(), "The letter; null where it is gone.");
    return Answer.object()
        .withList("items", item, "Newest first.")
        .with("next", "string?", "The cursor of the next page; null at the end.")
        .with(
            "cutOff",
            "object",
            "By partition of the dead letters: only letters before this offset were looked at."
                + " Empty for letters asked for by id.")
        .with(
            "targets",
            "object",
            "By target of the items: scope (targets of one share a limit), circuit (its state),"
                + " paused, callsPerSecond (of the whole fleet, null for no limit).")
        .gathered();
  }

  static Answer outcomes() {
    Answer item =
        Answer.object()
            .with("key", "string", "The idempotency key.")
            .with("status", "string", "How the request ended.")
            .withTime("finishedAt", "When.")
            .with("generation", "integer", "0 unless it was replayed.")
            .with("requestId", "string", "The request.")
            .with("action", "string", "The action that was asked for.")
            .with("executedBy", "string?", "The target that did it; null where none did.")
            .with("deadLetterId", "string?", "Its dead letter, where it left one.")
            .with("message", "string", "For people.");
    return Answer.object()
        .withList("items", item, "In the order of the keys.")
        .with("unknown", "array", "Keys under which nothing is finished, or not remembered.")
        .gathered();
  }

  static Answer operation() {
    return Answer.besides(OperationStatus.getClassSchema())
        .with("id", "string", "Of the operation, which is that of its command.")
        .withTime("writtenAt", "When its state was written.");
  }

  static Answer operations() {
    return Answer.object().withList("items", operation(), "Newest first.");
  }

  static Answer statistics() {
    return Answer.object()
        .withTime("writtenAt", "When they were written.")
        .with(
            "fallbacks",
            FallbackStatistics.getClassSchema(),
            "The statistics; null while there was nothing to count.");
  }

  static Answer strategies() {
    return list(
        scope("action", "The action.")
            .with("setBy", "string?", "Who set it.")
            .with("strategy", Strategy.getClassSchema(), "What is done when it fails."));
  }

  static Answer failures() {
    return list(
        scope("service", "The service.")
            .with("recent", RecentFailures.getClassSchema(), "What failed."));
  }

  static Answer circuits() {
    return list(
        scope("scope", "A service, or a target with settings of its own.")
            .with("circuit", CircuitStatus.getClassSchema(), "Its circuit.")
            .with("statistics", CallStatistics.getClassSchema(), "Its calls."));
  }

  static Answer instances() {
    Answer instance =
        Answer.object()
            .with("url", "string", "Where it answers.")
            .with("instance", "string", "One process from its start to its end.")
            .withTime("announcedAt", "When it last said where it answers.")
            .withNumbers("partitions", "Partitions of the dead letters that it has.")
            .with("self", "boolean", "Whether this is the instance that was asked.")
            .with("answers", "boolean", "Whether it answered.")
            .with("why", "string", "Why not, for people.");
    return Answer.object()
        .withList("items", instance, "By URL.")
        .with("partitions", "integer", "How many partitions the dead letters have.")
        .withNumbers("unowned", "Those of them that nobody answers for.");
  }

  private static Answer scope(String name, String what) {
    return Answer.object().with(name, "string", what).withTime("writtenAt", "When it was written.");
  }

  private static Answer list(Answer item) {
    return Answer.object().withList("items", item, "All of them.");
  }
}
