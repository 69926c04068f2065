package io.backstop.torture;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.executor.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A verdict, for people and for programs. */
public final class Report {
  private static final int MOST_SHOWN = 20;

  private final TortureOptions options;
  private final Plan plan;
  private final Verdict verdict;

  Report(TortureOptions options, Plan plan, Verdict verdict) {
    this.options = options;
    this.plan = plan;
    this.verdict = verdict;
  }

  /** Whether nothing is wrong. */
  public boolean isClean() {
    return verdict.isClean();
  }

  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(line("requests", verdict.requests(), "records on the request topic, poison too"));
    lines.add(line("distinct keys", verdict.keys(), ""));
    lines.add(line("terminal results", verdict.results(), verdict.duplicates() + " of duplicates"));
    lines.add(line("dead letters", verdict.deadLetters(), ""));
    lines.add(line("calls", verdict.calls(), "to the services, for these actions"));
    Verdict.Repeats repeats = verdict.repeats();
    lines.add(
        line(
            "repeated",
            repeats.uncommitted() + repeats.handedOver() + repeats.timedOut(),
            "%d lost before their commit, %d interrupted, %d after a time-out"
                .formatted(repeats.uncommitted(), repeats.handedOver(), repeats.timedOut())));
    lines.add(
        line("zombie calls", verdict.zombieCalls(), "by a processor that had just lost its tasks"));
    lines.add(line("open circuits, ms", verdict.judgedOpenMs(), openNote()));
    verdict.blows().done().forEach((kind, count) -> lines.add(line(kind, count, "fell")));
    lines.add(line("blows skipped", verdict.blows().skipped().size(), "came to nothing"));
    verdict.blows().skipped().forEach(each -> lines.add("    " + each));
    for (Violation.Kind kind : Violation.Kind.values()) {
      lines.add(line(name(kind), verdict.count(kind), "must be 0"));
    }
    verdict.violations().stream().limit(MOST_SHOWN).forEach(each -> lines.add("  " + each));
    lines.add(verdict.isClean() ? "NO VIOLATION" : "VIOLATED; seed " + options.seed());
    return lines;
  }

  public String json() {
    ObjectNode json = Json.object();
    json.put("seed", options.seed())
        .put("seconds", options.length().toSeconds())
        .put("protocol", options.protocol())
        .put("requests", verdict.requests())
        .put("keys", verdict.keys())
        .put("results", verdict.results())
        .put("duplicates", verdict.duplicates())
        .put("deadLetters", verdict.deadLetters())
        .put("calls", verdict.calls())
        .put("repeatedUncommitted", verdict.repeats().uncommitted())
        .put("repeatedInterrupted", verdict.repeats().handedOver())
        .put("repeatedTimedOut", verdict.repeats().timedOut())
        .put("zombieCalls", verdict.zombieCalls())
        .put("judgedOpenMs", verdict.judgedOpenMs());
    ObjectNode done = json.putObject("blowsDone");
    verdict.blows().done().forEach(done::put);
    ArrayNode skipped = json.putArray("blowsSkipped");
    verdict.blows().skipped().forEach(skipped::add);
    ObjectNode counts = json.putObject("violations");
    for (Violation.Kind kind : Violation.Kind.values()) {
      counts.put(name(kind), verdict.count(kind));
    }
    ArrayNode shown = json.putArray("shown");
    verdict.violations().stream().limit(MOST_SHOWN).forEach(each -> shown.add(each.toString()));
    ArrayNode blows = json.putArray("plan");
    plan.blows().forEach(each -> blows.add(each.toString().strip()));
    return new String(Json.bytes(json), StandardCharsets.UTF_8);
  }

  private String openNote() {
    return verdict.judgedOpenMs() > 0
        ? "in which no call may come"
        : "NOT TESTED: no circuit was open for long enough that a call would have been a leak";
  }

  private static String name(Violation.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String line(String name, long count, String note) {
    return "  %-24s %,8d  %s".formatted(name, count, note).stripTrailing();
  }
}
