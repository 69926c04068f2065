package io.backstop.demo;

import io.backstop.demo.Ledger.Entry;
import java.util.Collection;

/**
 * How requests ended whose service may be away.
 *
 * @param executed by a call, or by an earlier request with the same key
 * @param fromCache answered with an earlier result
 * @param rejected not called: the circuit was open
 * @param failed dead-lettered after a call, or for another reason
 */
record EndCounts(long executed, long fromCache, long rejected, long failed) {
  static final EndCounts NONE = new EndCounts(0, 0, 0, 0);

  /** Of those that have ended. */
  static EndCounts of(Collection<Entry> entries) {
    EndCounts counts = NONE;
    for (Entry entry : entries) {
      if (!entry.outcomes().isEmpty()) {
        counts = counts.plus(entry.outcomes().get(0));
      }
    }
    return counts;
  }

  private EndCounts plus(Outcome outcome) {
    if (outcome.fromCache()) {
      return new EndCounts(executed, fromCache + 1, rejected, failed);
    } else if (outcome.isRejected()) {
      return new EndCounts(executed, fromCache, rejected + 1, failed);
    }
    return switch (outcome.ending()) {
      case SUCCEEDED, VIA_FALLBACK, DUPLICATE ->
          new EndCounts(executed + 1, fromCache, rejected, failed);
      case DEAD_LETTERED, OTHER -> new EndCounts(executed, fromCache, rejected, failed + 1);
    };
  }

  EndCounts minus(EndCounts earlier) {
    return new EndCounts(
        executed - earlier.executed,
        fromCache - earlier.fromCache,
        rejected - earlier.rejected,
        failed - earlier.failed);
  }

  long total() {
    return executed + fromCache + rejected + failed;
  }
}
