package io.backstop.cli;

import io.backstop.action.CacheCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What the cache holds, for a person. */
final class CacheText {
  private CacheText() {}

  static List<String> lines(CacheCounts counts, Instant now) {
    long asked = counts.getHits() + counts.getMisses();
    String rate = asked == 0 ? "" : " (%.1f%%)".formatted(100.0 * counts.getHits() / asked);
    String oldest =
        counts.getOldest() == null
            ? "-"
            : Span.of(Duration.between(counts.getOldest(), now)) + " old";
    return List.of(
        "entries  %,d".formatted(counts.getEntries()),
        "size     %,d bytes".formatted(counts.getBytes()),
        "hits     %,d of %,d%s".formatted(counts.getHits(), asked, rate),
        "oldest   " + oldest);
  }
}
