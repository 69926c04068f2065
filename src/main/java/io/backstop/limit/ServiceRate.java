package io.backstop.limit;

import io.backstop.action.CallRate;
import io.backstop.action.RateDemand;
import io.backstop.action.RateShare;
import io.backstop.action.RateShares;
import io.backstop.config.Policies;
import io.backstop.metrics.ActionMetrics;
import io.backstop.metrics.Metric;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The rate of one scope in this process. Without a limit it starts whatever is asked for, but for
 * the time after the service has refused calls; with one only what a valid lease of a share allows,
 * so that an instance that has lost touch with the fleet falls silent instead of calling too often.
 */
final class ServiceRate implements CallRate {
  private final String scope;
  private final String instance;
  private final Policies policies;
  private final ActionMetrics metrics;
  private final Counter pauses;
  private final Pause pause;
  private final Pacer pacer = new Pacer();
  private final AdaptivePace pace = new AdaptivePace();
  private final Cadence cadence = new Cadence();
  private double share;
  private long leasedUntil;
  private long seenVersion;
  private boolean hasLeft;
  private boolean isShown;

  ServiceRate(
      String scope, String instance, Policies policies, Pause pause, ActionMetrics metrics) {
    this.scope = scope;
    this.instance = instance;
    this.policies = policies;
    this.pause = pause;
    this.metrics = metrics;
    this.pauses = metrics.counter(Metric.PAUSES, scope);
  }

  @Override
  public boolean tryStart(long now) {
    if (!hasLimit()) {
      return pause.until() <= now && pace.tryStart(now);
    }
    synchronized (this) {
      cadence.wanted(now);
      if (!hasShare(now)) {
        pacer.stop();
        return false;
      }
      pacer.changeRate(share, now);
      if (pause.until() > now || !pacer.tryStart(now)) {
        return false;
      }
      if (!pace.tryStart(now)) {
        pacer.giveBack();
        return false;
      }
      return true;
    }
  }

  @Override
  public synchronized void giveBack(long now) {
    pacer.giveBack();
    pace.giveBack();
  }

  @Override
  public boolean isLimited() {
    return pace.isActive() || hasLimit();
  }

  @Override
  public void succeeded(long now) {
    pace.succeeded(now);
  }

  @Override
  public void throttled(Optional<Duration> retryAfter, long startedAt, long now) {
    pause(retryAfter, now);
    pace.refused(startedAt, now);
  }

  @Override
  public void paused(Duration retryAfter, long now) {
    pause(Optional.of(retryAfter), now);
  }

  private void pause(Optional<Duration> asked, long now) {
    if (pause.asked(asked, now)) {
      pauses.increment();
    }
  }

  @Override
  public long pausedUntil(long now) {
    return pause.until();
  }

  /**
   * Takes over how the limit is shared out now; after it returns no call is started at the old
   * share.
   *
   * @param shares null for none
   */
  synchronized void changed(RateShares shares) {
    Optional<RateShare> own =
        shares == null
            ? Optional.empty()
            : shares.getShares().stream()
                .filter(each -> each.getInstance().equals(instance))
                .findFirst();
    double newShare = own.map(RateShare::getCallsPerSecond).orElse(0.0);
    if (newShare != share) {
      cadence.shareChanged();
      show();
    }
    if (newShare == 0) {
      pacer.stop();
    }
    share = newShare;
    leasedUntil = own.map(lease -> lease.getUntil().toEpochMilli()).orElse(0L);
    seenVersion = shares == null ? 0 : shares.getVersion();
    pause.decided(pausedUntil(shares));
  }

  /** What is to be told now; most of the time nothing. */
  synchronized Optional<RateDemand> due(long now) {
    return !hasLeft && cadence.isDue(hasShare(now), pause.isNews(now), pause.isUrgentNews(now), now)
        ? Optional.of(demand(hasLimit() && cadence.isWanting(now), now))
        : Optional.empty();
  }

  /** Starts no more calls under a limit, and says so where the fleet may count on them. */
  synchronized Optional<RateDemand> leave(long now) {
    boolean isKnown = share > 0 || cadence.hasSent() || pause.isNews(now);
    share = 0;
    hasLeft = true;
    return isKnown ? Optional.of(demand(false, now)) : Optional.empty();
  }

  private RateDemand demand(boolean wanted, long now) {
    cadence.sent(now);
    Long until = pause.tell(now);
    return new RateDemand(seenVersion, wanted, until == null ? null : Instant.ofEpochMilli(until));
  }

  private boolean hasLimit() {
    return policies.of(scope).callsPerSecond().isPresent();
  }

  private boolean hasShare(long now) {
    return !hasLeft && share > 0 && now < leasedUntil;
  }

  private synchronized double shown() {
    return hasShare(metrics.now()) ? share : 0;
  }

  private void show() {
    if (!isShown) {
      metrics.gauge(Metric.CALL_SHARE, this::shown, scope);
      isShown = true;
    }
  }

  private static long pausedUntil(RateShares shares) {
    return shares == null || shares.getPausedUntil() == null
        ? 0
        : shares.getPausedUntil().toEpochMilli();
  }
}
