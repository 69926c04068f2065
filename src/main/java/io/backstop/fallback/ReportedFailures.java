package io.backstop.fallback;

import io.backstop.action.FailureEvidence;
import io.backstop.action.RecentFailures;
import io.backstop.action.ServiceFailure;
import java.util.Optional;

/**
 * Failures of one service, and when the fleet is told of them: when there are new ones, and every
 * 20 s while there are any, for a signal may be lost. Thread-safe.
 */
final class ReportedFailures {
  private static final long REPEAT_MS = 20_000;

  private final OwnFailures failures;
  private final int enough;
  private volatile long lastOfEnough = Long.MIN_VALUE;
  private boolean hasNew;
  private long toldAt;

  /**
   * @param enough so many make a service one to skip; 0 for never
   */
  ReportedFailures(String instance, int enough) {
    this.failures = new OwnFailures(instance);
    this.enough = enough;
  }

  /** When the last of the newest was that are enough; {@link Long#MIN_VALUE} for never. */
  long lastOfEnough() {
    return lastOfEnough;
  }

  synchronized void failed(ServiceFailure failure) {
    failures.failed(failure);
    hasNew = true;
    count();
  }

  synchronized void told(RecentFailures fleet) {
    failures.told(fleet);
    count();
  }

  /**
   * @param expired own failures of that time or older are forgotten
   */
  synchronized Optional<FailureEvidence> due(long now, long expired) {
    failures.expire(expired);
    boolean isSilentForLong = Math.abs(now - toldAt) >= REPEAT_MS;
    if (failures.own().isEmpty() || !hasNew && !isSilentForLong) {
      return Optional.empty();
    }
    hasNew = false;
    toldAt = now;
    return Optional.of(new FailureEvidence(failures.own()));
  }

  synchronized FailureEvidence own(long expired) {
    failures.expire(expired);
    return new FailureEvidence(failures.own());
  }

  private void count() {
    lastOfEnough = enough > 0 ? failures.newest(enough) : Long.MIN_VALUE;
  }
}
