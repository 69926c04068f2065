package io.backstop.demo;

import io.backstop.demo.Ledger.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which requests of the outage phase came when, and how they ended. For one thread. */
final class OutageTally {
  private static final String ROW = "  %-30s %9s %9s %10s %9s %9s";

  /** When a request was published, and for whom. */
  enum Group {
    BEFORE("Notion, before the outage"),
    OUTAGE("Notion, while it is down"),
    AFTER("Notion, when it is back"),
    OTHERS("other services, all the time");

    private final String title;

    Group(String title) {
      this.title = title;
    }
  }

  private final Map<String, Group> groups = new HashMap<>();

  void published(DemoRequest request, Group group) {
    groups.put(request.requestId().orElseThrow(), group);
  }

  long published(Group group) {
    return groups.values().stream().filter(group::equals).count();
  }

  long published() {
    return groups.size();
  }

  EndCounts ended(List<Entry> entries, Group group) {
    return EndCounts.of(
        entries.stream()
            .filter(entry -> entry.requestId().map(groups::get).orElse(null) == group)
            .toList());
  }

  /** All requests for Notion. */
  EndCounts endedOfNotion(List<Entry> entries) {
    return EndCounts.of(
        entries.stream()
            .filter(entry -> entry.requestId().map(groups::containsKey).orElse(false))
            .filter(entry -> groups.get(entry.requestId().orElseThrow()) != Group.OTHERS)
            .toList());
  }

  long ended(List<Entry> entries) {
    return endedOfNotion(entries).total() + ended(entries, Group.OTHERS).total();
  }

  List<String> table(List<Entry> entries) {
    var lines = new ArrayList<String>();
    lines.add(
        ROW.formatted("REQUESTS", "PUBLISHED", "EXECUTED", "FROM CACHE", "REJECTED", "FAILED"));
    for (Group group : Group.values()) {
      EndCounts ended = ended(entries, group);
      lines.add(
          ROW.formatted(
              group.title,
              published(group),
              ended.executed(),
              ended.fromCache(),
              ended.rejected(),
              ended.failed()));
    }
    return lines;
  }
}
