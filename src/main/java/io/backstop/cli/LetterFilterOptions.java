package io.backstop.cli;

import io.backstop.action.FailureClass;
import io.backstop.action.LetterStatus;
import io.backstop.action.ReasonCode;
import io.backstop.client.Start;
import java.util.Map;
import java.util.TreeMap;
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

  @Option(names = "--target", paramLabel = "TARGET", description = "With this target tried last.")
  private String target;

  @Option(
      names = "--failure-class",
      paramLabel = "CLASS",
      description = "With a last failure of this class: ${COMPLETION-CANDIDATES}.")
  private FailureClass failureClass;

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      description = "Dead-lettered for this reason: ${COMPLETION-CANDIDATES}.")
  private ReasonCode reason;

  @Option(names = "--submitter", paramLabel = "NAME", description = "Asked for by this submitter.")
  private String submitter;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
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

  /** As the instances take them. */
  Map<String, String> parameters() {
    Map<String, String> parameters = new TreeMap<>();
    put(parameters, "from", since == null ? null : since.instant());
    put(parameters, "to", until == null ? null : until.instant());
    put(parameters, "action", action);
    put(parameters, "target", target);
    put(parameters, "failure-class", failureClass);
    put(parameters, "reason", reason);
    put(parameters, "submitter", submitter);
    put(parameters, "status", status);
    put(parameters, "group", group);
    put(parameters, "text", text);
    return parameters;
  }

  static void put(Map<String, String> parameters, String name, Object value) {
    if (value != null) {
      parameters.put(name, value.toString());
    }
  }
}
