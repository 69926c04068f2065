package io.backstop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.executor.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A preview for people and scripts. */
final class ReplayPreviewText {
  private final ReplayPreview preview;
  private final ReplayTime time;

  ReplayPreviewText(ReplayPreview preview, ReplayTime time) {
    this.preview = preview;
    this.time = time;
  }

  /** A row for each of the first letters. */
  List<String> letters() {
    int idWidth =
        preview.first().stream()
            .mapToInt(each -> each.path("id").asText().length())
            .max()
            .orElse(2);
    Table table =
        new Table()
            .column("VERDICT", 13)
            .column("ACTION", 22)
            .column("TO", 22)
            .column("GEN", 3)
            .column("ID", Math.max(2, idWidth))
            .last("WHY");
    List<String> lines = new ArrayList<>();
    lines.add(table.head());
    for (JsonNode letter : preview.first()) {
      lines.add(
          table.row(
              letter.path("verdict").textValue(),
              letter.path("action").textValue(),
              letter.path("target").textValue(),
              letter.path("generation").isInt() ? letter.path("generation").asText() : null,
              letter.path("id").textValue(),
              emptyToNull(letter.path("message").asText())));
    }
    long more = preview.count() - preview.first().size();
    if (more > 0) {
      lines.add("... and %,d more (--limit N shows more)".formatted(more));
    }
    return lines;
  }

  private static String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }

  /** What all of them come to. */
  List<String> totals() {
    List<String> lines = new ArrayList<>();
    lines.add("%s, hash %s".formatted(letters(preview.count()), preview.hash()));
    new TreeMap<>(preview.verdicts())
        .forEach((verdict, count) -> lines.add("  %,8d  %s".formatted(count, verdict)));
    if (!preview.targets().isEmpty()) {
      lines.add("");
      lines.add(ReplayTargetTable.head());
      preview.targets().forEach((target, count) -> lines.add(target(target, count)));
      lines.add("Time: " + time.text());
    }
    preview.states().forEach((target, state) -> warn(target, state, lines));
    return lines;
  }

  private static String letters(long count) {
    return count == 1 ? "1 letter" : "%,d letters".formatted(count);
  }

  private String target(String target, long count) {
    JsonNode state = preview.states().getOrDefault(target, Json.object());
    JsonNode limit = state.path("callsPerSecond");
    return ReplayTargetTable.row(
        target,
        count,
        state.path("paused").asBoolean() ? "PAUSED" : state.path("circuit").textValue(),
        limit.isNumber() ? limit.asText() + " for " + state.path("scope").asText() : null);
  }

  private static void warn(String target, JsonNode state, List<String> lines) {
    if (state.path("paused").asBoolean()) {
      lines.add(
          "Target %s is paused: what is sent to it waits until 'targets resume %s'."
              .formatted(target, target));
    }
    String circuit = state.path("circuit").asText("CLOSED");
    if (!circuit.equals("CLOSED") && !circuit.equals("DISABLED")) {
      lines.add(
          "The circuit of %s is %s: a replay to %s stops by itself until it is CLOSED."
              .formatted(state.path("scope").asText(), circuit, target));
    }
  }

  ObjectNode json() {
    ObjectNode json = Json.object().put("dryRun", true);
    json.put("count", preview.count()).put("hash", preview.hash());
    put(json.putObject("verdicts"), preview.verdicts());
    put(json.putObject("requests"), preview.targets());
    preview.states().forEach(json.putObject("targets")::set);
    json.put("seconds", time.least().map(each -> each.toMillis() / 1e3).orElse(null));
    json.put("limitedBy", time.limitedBy().orElse(null));
    json.put("stages", time.stages());
    ArrayNode letters = json.putArray("letters");
    preview.first().forEach(letters::add);
    return json;
  }

  private static void put(ObjectNode object, Map<String, Long> counts) {
    new TreeMap<>(counts).forEach(object::put);
  }
}
