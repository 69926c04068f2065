package io.backstop.demo;

import io.backstop.demo.Ledger.Entry;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which requests of the outage phase came when, and how they ended. For one thread. */
final class OutageTally {
  /** When a request was published, and for whom. */
  enum Group {
    BEFORE,
    OUTAGE,
    AFTER,
    OTHERS
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
    return EndCounts.of(of(entries, EnumSet.of(group)));
  }

  /** All requests for Notion. */
  EndCounts endedOfNotion(List<Entry> entries) {
    return EndCounts.of(of(entries, EnumSet.complementOf(EnumSet.of(Group.OTHERS))));
  }

  long ended(List<Entry> entries) {
    return EndCounts.of(of(entries)).total();
  }

  /** Those among {@code entries} that belong to the phase. */
  List<Entry> of(List<Entry> entries) {
    return of(entries, EnumSet.allOf(Group.class));
  }

  private List<Entry> of(List<Entry> entries, Set<Group> wanted) {
    return entries.stream()
        .filter(entry -> entry.requestId().map(groups::get).filter(wanted::contains).isPresent())
        .toList();
  }
}
