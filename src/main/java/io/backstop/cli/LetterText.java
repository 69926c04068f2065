package io.backstop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A dead letter for a person: what, why, when, where from, and what was tried step by step. */
final class LetterText {
  private static final Table ATTEMPTS =
      new Table()
          .column("  #", 4)
          .column("TARGET", 24)
          .column("TRY", 3)
          .column("STARTED", 24)
          .column("TOOK", 9)
          .column("OUTCOME", 11)
          .column("CLASS", 18)
          .column("HTTP", 4)
          .last("MESSAGE");

  private final JsonNode kept;
  private final JsonNode letter;
  private final List<String> lines = new ArrayList<>();

  /**
   * @param kept the letter as the desk has it
   */
  LetterText(JsonNode kept) {
    this.kept = kept;
    this.letter = kept.path("letter");
  }

  List<String> lines() {
    lines.clear();
    head();
    request();
    history();
    original();
    cut();
    return List.copyOf(lines);
  }

  private void head() {
    lines.add("Dead letter " + JsonText.orDash(letter.path("id")));
    field("status", JsonText.orDash(kept.path("status")));
    field("created", JsonText.orDash(letter.path("createdAt")));
    field("why", JsonText.orDash(letter.path("reasonCode")));
    field("class", letter.path("failureClass").asText());
    String severity = letter.path("severity").asText();
    field(
        "severity",
        kept.hasNonNull("severity")
            ? kept.path("severity").asText() + " (was " + severity + ")"
            : severity);
    field("reason", JsonText.orDash(letter.path("reason")));
    field("group", JsonText.orDash(kept.path("fingerprint")));
    lineage();
    byOperators();
  }

  private void lineage() {
    if (letter.path("generation").asInt() > 0) {
      field("generation", letter.path("generation").asText());
      field("replay of", JsonText.orDash(letter.path("parentId")));
      field("first letter", JsonText.orDash(letter.path("rootId")));
      field("by replay", JsonText.orDash(letter.path("replayId")));
    }
    if (kept.path("replays").asInt() > 0) {
      int times = kept.path("replays").asInt();
      field("replayed", times == 1 ? "once" : times + " times");
    }
    if (kept.hasNonNull("childId")) {
      field("failed again", JsonText.orDash(kept.path("childId")));
    }
  }

  private void byOperators() {
    if (kept.hasNonNull("operationId")) {
      field("operation", JsonText.orDash(kept.path("operationId")));
    }
    if (kept.hasNonNull("category")) {
      field("category", JsonText.orDash(kept.path("category")));
    }
    if (!kept.path("tags").isEmpty()) {
      List<String> tags = new ArrayList<>();
      kept.path("tags").forEach(tag -> tags.add(tag.asText()));
      field("tags", String.join(", ", tags));
    }
    for (JsonNode note : kept.path("notes")) {
      String by = note.path("actor").asText("");
      field(
          "note",
          "%s%s: %s"
              .formatted(
                  note.path("at").asText(),
                  by.isEmpty() ? "" : " " + by,
                  note.path("text").asText()));
    }
  }

  private void request() {
    JsonNode request = letter.path("request");
    lines.add("");
    if (!request.isObject()) {
      lines.add("Request: none could be read or kept; see the original record.");
      return;
    }
    lines.add("Request");
    field("id", JsonText.orDash(request.path("requestId")));
    field("action", JsonText.orDash(request.path("action")));
    field("key", JsonText.orDash(letter.path("idempotencyKey")));
    field("submitter", JsonText.orDash(request.path("submitter")));
    field("priority", JsonText.orDash(request.path("priority")));
    if (request.hasNonNull("deadline")) {
      field("deadline", JsonText.orDash(request.path("deadline")));
    }
    lines.add("  payload");
    for (var member : request.path("payload").properties()) {
      JsonNode value = member.getValue();
      if (!value.isNull() && !value.isEmpty() || value.isValueNode() && !value.isNull()) {
        String text = value.isTextual() ? value.textValue() : value.toString();
        block("    " + member.getKey() + ": ", text);
      }
    }
  }

  private void history() {
    lines.add("");
    if (letter.path("steps").isEmpty()) {
      lines.add("Fallback steps: none");
    } else {
      List<String> steps = new ArrayList<>();
      letter.path("steps").forEach(step -> steps.add(JsonText.printable(step.asText())));
      String source = JsonText.orDash(letter.path("stepsSource"));
      lines.add("Fallback steps (from " + source + "): " + String.join(" → ", steps));
    }
    JsonNode attempts = letter.path("attempts");
    if (attempts.isEmpty()) {
      lines.add("History: nothing was called");
      return;
    }
    lines.add("History");
    lines.add(ATTEMPTS.head());
    for (int index = 0; index < attempts.size(); index++) {
      JsonNode attempt = attempts.get(index);
      lines.add(
          ATTEMPTS.row(
              "  " + (index + 1),
              attempt.path("target").textValue(),
              attempt.path("number").asText(),
              attempt.path("startedAt").textValue(),
              attempt.path("durationMs").asText() + " ms",
              attempt.path("outcome").textValue(),
              attempt.path("failureClass").textValue(),
              attempt.hasNonNull("httpStatus") ? attempt.path("httpStatus").asText() : null,
              attempt.path("message").textValue()));
    }
  }

  private void original() {
    JsonNode original = letter.path("original");
    lines.add("");
    lines.add("Original record");
    field(
        "at",
        "topic %s, partition %s, offset %s"
            .formatted(
                JsonText.orDash(original.path("topic")),
                original.path("partition").asText(),
                original.path("offset").asText()));
    field("written", Instant.ofEpochMilli(original.path("timestamp").asLong()).toString());
    field("key", text(original, "key"));
    for (JsonNode header : original.path("headers")) {
      field("header", JsonText.orDash(header.path("key")) + " = " + text(header, "value"));
    }
    long size = letter.path("originalValueSize").asLong();
    field("size", size < 0 ? "-" : "%,d bytes".formatted(size));
    block("  value        ", text(original, "value"));
  }

  /** Text where it is, else what it is. */
  private static String text(JsonNode holder, String member) {
    if (!holder.hasNonNull(member)) {
      return "-";
    } else if (holder.has(member + "Text")) {
      return holder.path(member + "Text").asText();
    }
    String base64 = holder.path(member).asText();
    long padding = base64.chars().filter(sign -> sign == '=').count();
    return "(no text, %,d bytes: --json has them in base64)"
        .formatted(base64.length() / 4 * 3 - padding);
  }

  private void cut() {
    if (letter.path("originalTruncated").asBoolean() && letter.path("cut").isEmpty()) {
      lines.add("");
      lines.add("Cut: the value; the whole one is at the coordinates above");
    }
    for (JsonNode each : letter.path("cut")) {
      lines.add("Cut: " + JsonText.printable(each.asText()));
    }
  }

  private void field(String name, String value) {
    block("  %-12s ".formatted(name), value);
  }

  /** Further lines of a value stand below its first. */
  private void block(String lead, String value) {
    String indent = " ".repeat(lead.length());
    String start = lead;
    for (String line : JsonText.printable(value).split("\n", -1)) {
      lines.add(start + line);
      start = indent;
    }
  }
}
