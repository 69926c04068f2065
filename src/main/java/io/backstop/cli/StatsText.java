package io.backstop.cli;

import io.backstop.action.FallbackCounts;
import io.backstop.action.FallbackStatistics;
import io.backstop.action.QueueCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Fallbacks and the retry queue, for a person. */
final class StatsText {
  private static final Table COUNTS =
      new Table()
          .column("FALLBACKS", 28)
          .column("TOTAL", 10)
          .column("SUCCEEDED", 10)
          .column("FAILED", 10)
          .last("LAST");

  private StatsText() {}

  static List<String> lines(FallbackStatistics statistics) {
    List<String> lines = new ArrayList<>();
    lines.add(COUNTS.head());
    lines.add(row("all", statistics.getAll()));
    lines.add("by action");
    add(lines, statistics.getByPrimaryAction());
    lines.add("by fallback");
    add(lines, statistics.getByFallbackAction());
    lines.add("");
    lines.add(
        "notifications  %,d sent, %,d held back because another was shortly before"
            .formatted(statistics.getNotificationsSent(), statistics.getNotificationsSuppressed()));
    queue(lines, statistics.getQueue());
    return lines;
  }

  private static void add(List<String> lines, Map<String, FallbackCounts> counts) {
    new TreeMap<>(counts).forEach((name, each) -> lines.add(row("  " + name, each)));
  }

  private static String row(String name, FallbackCounts counts) {
    return COUNTS.row(
        name,
        "%,d".formatted(counts.getTotal()),
        "%,d".formatted(counts.getSucceeded()),
        "%,d".formatted(counts.getFailed()),
        counts.getLastAt() == null ? null : RecordView.seconds(counts.getLastAt()));
  }

  private static void queue(List<String> lines, QueueCounts queue) {
    lines.add(
        "retry queue    %,d waiting, %,d due; %,d left it done, %,d given up"
            .formatted(
                queue.getWaiting(), queue.getDue(), queue.getSucceeded(), queue.getExhausted()));
    lines.add("  by priority   " + counted(queue.getByPriority()));
    lines.add("  by submitter  " + counted(queue.getBySubmitter()));
  }

  private static String counted(Map<String, Long> counts) {
    return counts.isEmpty()
        ? "-"
        : new TreeMap<>(counts)
            .entrySet().stream()
                .map(
                    each ->
                        "%s %,d"
                            .formatted(
                                each.getKey().isEmpty()
                                    ? "(none)"
                                    : JsonText.printable(each.getKey()).replace('\n', ' '),
                                each.getValue()))
                .collect(Collectors.joining(", "));
  }
}
