package io.backstop.statistics;

import io.backstop.action.FallbackUse;
import io.backstop.action.LedgerPair;
import java.time.Instant;
import java.util.Optional;

/**
 * What becomes of a pair's line with each use, and whether the team is told.
 *
 * <pre>
 *   succeeded, never notified or throttle passed   told: untold = 0, notifiedAt = now
 *   succeeded, within the throttle                 suppressed and untold grow
 *   failed only                                    counted, nobody is told
 * </pre>
 *
 * Pure.
 */
final class PairHistory {

  /** The line as it is now, and what the team is to be told. */
  record Told(LedgerPair pair, Optional<Notice> notice) {}

  private PairHistory() {}

  static LedgerPair first(String primaryAction, String step, Instant at) {
    return LedgerPair.newBuilder()
        .setPrimaryAction(primaryAction)
        .setFallbackAction(step)
        .setSucceeded(0)
        .setFailed(0)
        .setLastAt(at)
        .build();
  }

  static Told after(LedgerPair before, FallbackUse use, Throttle throttle, long now) {
    LedgerPair.Builder after = counted(before, use);
    long succeeded = Math.max(0, use.getSucceeded());
    if (succeeded == 0 || !throttle.isOn()) {
      return new Told(after.build(), Optional.empty());
    }
    if (!throttle.allows(before.getNotifiedAt(), now)) {
      after.setSuppressed(before.getSuppressed() + succeeded);
      after.setUntold(before.getUntold() + succeeded);
      return new Told(after.build(), Optional.empty());
    }
    Notice notice =
        new Notice(
            before.getPrimaryAction(),
            before.getFallbackAction(),
            before.getUntold() + succeeded,
            before.getUntold(),
            before.getNotifiedAt(),
            after.getLastAt(),
            after.getLastError());
    after.setNotifications(before.getNotifications() + 1);
    after.setNotifiedAt(Instant.ofEpochMilli(now));
    after.setUntold(0);
    return new Told(after.build(), Optional.of(notice));
  }

  private static LedgerPair.Builder counted(LedgerPair before, FallbackUse use) {
    LedgerPair.Builder after = LedgerPair.newBuilder(before);
    after.setSucceeded(before.getSucceeded() + Math.max(0, use.getSucceeded()));
    after.setFailed(before.getFailed() + Math.max(0, use.getFailed()));
    if (use.getLastAt().isAfter(before.getLastAt())) {
      after.setLastAt(use.getLastAt());
    }
    if (use.getLastError() != null) {
      after.setLastError(use.getLastError());
    }
    return after;
  }
}
