package io.backstop.demo;

import io.backstop.demo.Ledger.Entry;
import io.backstop.demo.Outcome.Ending;
import io.backstop.demo.Outcome.Letter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A report for a person to read. */
final class ReportLines {
  private static final String ROW = "  %-22s %9s %9s %10s %12s %10s %12s %8s";
  private static final int WIDEST = 120;
  private static final int MOST_REASONS = 10;

  private final DemoReport report;
  private final List<String> lines = new ArrayList<>();

  private ReportLines(DemoReport report) {
    this.report = report;
  }

  static List<String> of(DemoReport report) {
    var text = new ReportLines(report);
    text.addTable();
    text.addDeadLetters();
    text.addVerdict();
    return List.copyOf(text.lines);
  }

  private void addTable() {
    lines.add(
        ROW.formatted(
            "ACTION",
            "PUBLISHED",
            "SUCCEEDED",
            "FROM CACHE",
            "VIA FALLBACK",
            "DUPLICATES",
            "DEAD LETTERS",
            "MEAN MS"));
    Map<String, List<Entry>> byAction =
        report.entries().stream()
            .collect(Collectors.groupingBy(Entry::label, TreeMap::new, Collectors.toList()));
    byAction.forEach((action, entries) -> lines.add(row(action, entries)));
    lines.add(row("all", report.entries()));
  }

  private static String row(String label, List<Entry> entries) {
    return ROW.formatted(
        label,
        entries.size(),
        count(entries, Ending.SUCCEEDED),
        EndCounts.of(entries).at(Outcome.CACHE),
        count(entries, Ending.VIA_FALLBACK),
        count(entries, Ending.DUPLICATE),
        count(entries, Ending.DEAD_LETTERED),
        meanMillis(entries));
  }

  private static long count(List<Entry> entries, Ending ending) {
    return entries.stream().filter(entry -> DemoReport.endedAs(entry, ending)).count();
  }

  /** Of the requests that a call was made for and succeeded. */
  private static String meanMillis(List<Entry> entries) {
    var mean =
        entries.stream()
            .map(Entry::outcomes)
            .flatMap(Collection::stream)
            .filter(outcome -> outcome.ending() == Ending.SUCCEEDED && !outcome.fromCache())
            .mapToLong(Outcome::millis)
            .average();
    return mean.isEmpty() ? "-" : String.format(Locale.ROOT, "%.0f", mean.getAsDouble());
  }

  private void addDeadLetters() {
    Map<String, List<Letter>> byReason =
        report.deadLetters().stream()
            .map(outcome -> outcome.letter().orElseThrow())
            .collect(
                Collectors.groupingBy(
                    letter -> letter.failureClass() + " " + beginning(letter.reason())));
    if (byReason.isEmpty()) {
      return;
    }
    lines.add("");
    lines.add("Dead letters, by reason:");
    byReason.values().stream()
        .sorted(Comparator.comparingInt(letters -> -letters.size()))
        .limit(MOST_REASONS)
        .forEach(this::addReason);
    if (byReason.size() > MOST_REASONS) {
      lines.add("  ... and %d more reasons".formatted(byReason.size() - MOST_REASONS));
    }
  }

  private void addReason(List<Letter> letters) {
    Letter example = letters.get(0);
    String reason = example.reason();
    String shown = reason.length() > WIDEST ? reason.substring(0, WIDEST - 3) + "..." : reason;
    lines.add("  %4d  %-12s %s".formatted(letters.size(), example.failureClass(), shown));
  }

  /** What reasons of one kind have in common: up to the first id. */
  private static String beginning(String reason) {
    int colon = reason.indexOf(':', reason.indexOf(" failed at ") + 1);
    return colon < 0 ? reason : reason.substring(0, colon);
  }

  private void addVerdict() {
    lines.add("");
    report.problems().forEach(problem -> lines.add("NOT AS PROMISED: " + problem));
    if (report.isComplete()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "Every one of the %,d published records has exactly one recorded outcome. %.1f s in all.",
              report.entries().size(),
              report.took().toMillis() / 1e3));
    }
  }
}
