package io.backstop.cli;

import io.backstop.client.AuditEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which commands of a log that goes on are to be shown now: one with an answer at once, and again
 * with a further answer; one without an answer when it has waited for some seconds.
 */
final class AuditNews {
  private static final long PATIENCE_MS = Duration.ofSeconds(3).toMillis();

  private record Waiting(AuditEntry entry, long since) {}

  private final Map<String, Waiting> waiting = new LinkedHashMap<>();
  private final List<AuditEntry> ready = new ArrayList<>();

  /**
   * @param now epoch milliseconds
   */
  void changed(AuditEntry entry, long now) {
    Waiting before = waiting.remove(entry.coordinates());
    if (entry.latest().isPresent()) {
      ready.removeIf(each -> each.coordinates().equals(entry.coordinates()));
      ready.add(entry);
    } else {
      waiting.put(entry.coordinates(), new Waiting(entry, before == null ? now : before.since()));
    }
  }

  /** What is to be shown now, once. */
  List<AuditEntry> take(long now) {
    for (Iterator<Waiting> each = waiting.values().iterator(); each.hasNext(); ) {
      Waiting next = each.next();
      if (now - next.since() >= PATIENCE_MS) {
        ready.add(next.entry());
        each.remove();
      }
    }
    List<AuditEntry> taken = List.copyOf(ready);
    ready.clear();
    return taken;
  }
}
