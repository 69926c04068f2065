package io.backstop.serde;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What is known about schema ids. Safe for use by several threads. */
final class KnownSchemas<D> {
  static final Duration MISSING_FOR = Duration.ofSeconds(30);
  private static final int MOST_MISSING = 10_000;

  private final Map<Integer, Verdict<D>> settled = new ConcurrentHashMap<>();
  private final Map<Integer, Missing> missing = new ConcurrentHashMap<>();

  /** What an id means; it never changes. */
  sealed interface Verdict<D> {
    record Readable<D>(D decoder) implements Verdict<D> {}

    record Unreadable<D>(String reason) implements Verdict<D> {}
  }

  private record Missing(String reason, Instant until) {}

  Verdict<D> verdict(int schemaId) {
    return settled.get(schemaId);
  }

  /** Why the id is held to be missing at {@code now}. */
  Optional<String> missing(int schemaId, Instant now) {
    return Optional.ofNullable(missing.get(schemaId))
        .filter(entry -> now.isBefore(entry.until()))
        .map(Missing::reason);
  }

  void settle(int schemaId, Verdict<D> verdict) {
    settled.put(schemaId, verdict);
    missing.remove(schemaId);
  }

  void rememberMissing(int schemaId, String reason, Instant now) {
    if (missing.size() >= MOST_MISSING) {
      missing.values().removeIf(entry -> !now.isBefore(entry.until()));
    }
    if (missing.size() >= MOST_MISSING) {
      missing.clear();
    }
    missing.put(schemaId, new Missing(reason, now.plus(MISSING_FOR)));
  }
}
