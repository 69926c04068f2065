package io.backstop.statistics;

import io.backstop.action.FallbackCounts;
import io.backstop.action.FallbackStatistics;
import io.backstop.action.LedgerLine;
import io.backstop.action.LedgerPair;
import io.backstop.action.QueueCounts;
import io.backstop.action.Steps;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** The sums over a ledger's lines. Pure. */
final class LedgerTotals {
  private FallbackCounts all = new FallbackCounts(0L, 0L, 0L, null);
  private final Map<String, FallbackCounts> byPrimary = new TreeMap<>();
  private final Map<String, FallbackCounts> byFallback = new TreeMap<>();
  private final QueueTotals queue = new QueueTotals();
  private long notifications;
  private long suppressed;
  private long queueSucceeded;
  private long queueExhausted;

  private LedgerTotals() {}

  static FallbackStatistics of(Collection<LedgerLine> lines) {
    LedgerTotals totals = new LedgerTotals();
    for (LedgerLine line : lines) {
      if (line.getPair() != null) {
        totals.add(line.getPair());
      } else if (line.getQueue() != null) {
        totals.queue.add(line.getQueue());
      }
    }
    QueueCounts queue = totals.queue.counts(totals.queueSucceeded, totals.queueExhausted);
    return new FallbackStatistics(
        totals.all,
        totals.byPrimary,
        totals.byFallback,
        totals.notifications,
        totals.suppressed,
        queue);
  }

  private void add(LedgerPair pair) {
    FallbackCounts counts =
        new FallbackCounts(
            pair.getSucceeded() + pair.getFailed(),
            pair.getSucceeded(),
            pair.getFailed(),
            pair.getLastAt());
    all = sum(all, counts);
    byPrimary.merge(pair.getPrimaryAction(), counts, LedgerTotals::sum);
    byFallback.merge(pair.getFallbackAction(), counts, LedgerTotals::sum);
    notifications += pair.getNotifications();
    suppressed += pair.getSuppressed();
    if (Steps.isQueue(pair.getFallbackAction())) {
      queueSucceeded += pair.getSucceeded();
      queueExhausted += pair.getFailed();
    }
  }

  private static FallbackCounts sum(FallbackCounts one, FallbackCounts other) {
    Instant last = one.getLastAt();
    if (last == null || other.getLastAt().isAfter(last)) {
      last = other.getLastAt();
    }
    return new FallbackCounts(
        one.getTotal() + other.getTotal(),
        one.getSucceeded() + other.getSucceeded(),
        one.getFailed() + other.getFailed(),
        last);
  }
}
