package io.backstop.limit;

/**
 * The rate that an instance keeps to after a service has answered that there are too many calls, so
 * that the end of the pause is not a burst that is refused again. As the adaptive retry mode of the
 * AWS SDKs does, it begins at a part of what the service did just before, and grows as CUBIC (RFC
 * 9438, section 4.2): back to what was done, slowly past it, and then ever faster until nothing is
 * left of it. Thread-safe; costs one volatile read while inactive; times are epoch milliseconds.
 *
 * <pre>
 *   inactive ──refused──► stopped ──first start──► growing ──60 s──► inactive
 *                            ▲                        │
 *                            └──────── refused ───────┘
 * </pre>
 */
final class AdaptivePace {
  /** What is begun with, of what the service did; as in both. */
  private static final double BACK_OFF = 0.7;

  /**
   * Calls per second by which the rate is above the former one a second later, and eight times that
   * after two. Half of what both take: for a few calls per second theirs is too much.
   */
  private static final double GROWTH = 0.2;

  private static final double SLOWEST = 1;

  /** By then the rate has grown by tens of thousands of calls per second. */
  private static final long FORGOTTEN_AFTER_MS = 60_000;

  private final RecentCount succeeded = new RecentCount();
  private final Pacer pacer = new Pacer();
  private volatile boolean active;

  /** What the service did when it refused, calls per second, and the most that it may have been. */
  private double done;

  private double atMost;

  /** Seconds of growing until it does as much again. */
  private double untilDone;

  /** No call has been started since the service refused one. */
  private boolean stopped;

  private long startedAt;

  boolean isActive() {
    return active;
  }

  /** Takes the right to start one call now. */
  boolean tryStart(long now) {
    return !active || tryStartPaced(now);
  }

  /** Gives back a right that was taken and not used. */
  synchronized void giveBack() {
    pacer.giveBack();
  }

  /** The service did what a call asked for. */
  synchronized void succeeded(long now) {
    succeeded.add(now);
    if (active && stopped) {
      // of the same burst as the refused call, but answered after it
      assume(Math.max(done, succeeded.perSecond(now)));
    }
  }

  /**
   * The service refused a call because there were too many.
   *
   * @param callStartedAt when that call was started; calls that were started before the last
   *     refusal was known tell nothing new
   */
  synchronized void refused(long callStartedAt, long now) {
    if (active && (stopped || callStartedAt < startedAt)) {
      return;
    }
    atMost = active ? rate(now) : Double.MAX_VALUE;
    stopped = true;
    // just after a start the count says little: a few steps down instead of one too deep
    assume(Math.max(active ? atMost / 2 : 0, succeeded.perSecond(now)));
    active = true;
  }

  private synchronized boolean tryStartPaced(long now) {
    if (!stopped && now - startedAt >= FORGOTTEN_AFTER_MS) {
      active = false;
    }
    if (!active) {
      return true;
    }
    pacer.changeRate(rate(now), now);
    if (!pacer.tryStart(now)) {
      return false;
    }
    startedAt = stopped ? now : startedAt;
    stopped = false;
    return true;
  }

  private void assume(double callsPerSecond) {
    done = Math.min(atMost, callsPerSecond);
    untilDone = Math.cbrt(done * (1 - BACK_OFF) / GROWTH);
  }

  private double rate(long now) {
    double seconds = stopped ? 0 : Math.max(0, now - startedAt) / 1_000.0;
    return Math.max(SLOWEST, done + GROWTH * Math.pow(seconds - untilDone, 3));
  }
}
