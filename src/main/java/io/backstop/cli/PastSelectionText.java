package io.backstop.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.client.RequestRange;
import io.backstop.executor.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Requests of the past that would be replayed, for people and scripts. */
final class PastSelectionText {
  private static final Table REQUESTS =
      new Table()
          .column("VERDICT", 14)
          .column("WRITTEN", 20)
          .column("PLACE", 14)
          .column("ACTION", 22)
          .column("GEN", 3)
          .column("REQUEST", 36)
          .last("SUBMITTER");

  private final String topic;
  private final RequestRange range;
  private final PastSelection requests;
  private final PastPreview preview;
  private final ReplayTime time;

  PastSelectionText(
      String topic,
      RequestRange range,
      PastSelection requests,
      PastPreview preview,
      ReplayTime time) {
    this.preview = preview;
    this.topic = topic;
    this.range = range;
    this.requests = requests;
    this.time = time;
  }

  /** A row for each of the first requests. */
  List<String> requests() {
    List<String> lines = new ArrayList<>();
    lines.add(REQUESTS.head());
    for (PastSelection.Row each : requests.first()) {
      lines.add(
          REQUESTS.row(
              preview.verdict(each.place()),
              RecordView.seconds(Instant.ofEpochMilli(each.timestamp())),
              each.place(),
              each.action(),
              Integer.toString(each.generation() + 1),
              each.requestId(),
              each.submitter()));
    }
    long more = requests.count() - requests.first().size();
    if (more > 0) {
      lines.add("... and %,d more (--limit N shows more)".formatted(more));
    }
    return lines;
  }

  /** What all of them come to. */
  List<String> totals() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%,d %s of %s"
            .formatted(requests.count(), requests.count() == 1 ? "request" : "requests", topic));
    preview
        .verdicts()
        .forEach((verdict, count) -> lines.add("  %,8d  %s".formatted(count, verdict)));
    if (!preview.knowsOutcomes() && requests.count() > 0) {
      lines.add("  No processor answers: what is done already is not known.");
    }
    requests
        .actions()
        .forEach((action, count) -> lines.add("  %,8d  %s".formatted(count, printable(action))));
    requests
        .partitions()
        .forEach(
            (partition, count) ->
                lines.add(
                    "  %,8d  of partition %d, offsets %d to %d"
                        .formatted(
                            count,
                            partition,
                            range.from().get(partition),
                            range.to().get(partition) - 1)));
    if (requests.unreadable() > 0) {
      lines.add("Left out: %,d records that are no request".formatted(requests.unreadable()));
    }
    if (requests.repeated() > 0) {
      lines.add(
          "Left out: %,d requests with the key of another one".formatted(requests.repeated()));
    }
    if (requests.count() > 0) {
      lines.add("");
      lines.addAll(targets());
      lines.add("Time: " + time.text());
    }
    return lines;
  }

  private List<String> targets() {
    List<String> lines = new ArrayList<>();
    lines.add(ReplayTargetTable.head());
    preview
        .targets()
        .forEach(
            (target, count) ->
                lines.add(ReplayTargetTable.row(target, count, preview.state(target))));
    return lines;
  }

  private static String printable(String action) {
    return SafeText.line(action);
  }

  ObjectNode json() {
    ObjectNode json = Json.object().put("dryRun", true).put("topic", topic);
    json.put("count", requests.count());
    json.put("unreadable", requests.unreadable()).put("repeated", requests.repeated());
    preview.verdicts().forEach(json.putObject("verdicts")::put);
    json.put("outcomesKnown", preview.knowsOutcomes());
    requests.actions().forEach(json.putObject("actions")::put);
    ObjectNode partitions = json.putObject("partitions");
    requests.partitions().forEach((partition, count) -> partitions.put("" + partition, count));
    json.put("seconds", time.least().map(each -> each.toMillis() / 1e3).orElse(null));
    json.put("limitedBy", time.limitedBy().orElse(null));
    json.put("stages", time.stages());
    ArrayNode first = json.putArray("requests");
    for (PastSelection.Row each : requests.first()) {
      first
          .addObject()
          .put("verdict", preview.verdict(each.place()))
          .put("partition", each.partition())
          .put("offset", each.offset())
          .put("writtenAt", Instant.ofEpochMilli(each.timestamp()).toString())
          .put("action", each.action())
          .put("requestId", each.requestId())
          .put("submitter", each.submitter())
          .put("generation", each.generation() + 1);
    }
    return json;
  }
}
