package io.backstop.limit;

import java.time.Duration;
import java.util.Optional;

/**
 * Until when one scope starts no call in this process: as the service told it, or told another
 * instance. Thread-safe; times are epoch milliseconds.
 */
final class Pause {
  private final Duration unlessSaid;
  private final Duration longest;
  private volatile long own;
  private volatile long fleets;
  private long told;

  /**
   * @param unlessSaid how long to pause where the service does not say
   * @param longest no pause is longer, whatever the service says
   */
  Pause(Duration unlessSaid, Duration longest) {
    this.unlessSaid = unlessSaid;
    this.longest = longest;
  }

  /** The end of the pause; not after now for none. */
  long until() {
    return Math.max(own, fleets);
  }

  /**
   * The service asked for one.
   *
   * @return whether it began with this
   */
  synchronized boolean asked(Optional<Duration> retryAfter, long now) {
    Duration wait = retryAfter.orElse(unlessSaid);
    long until = now + (wait.compareTo(longest) < 0 ? wait : longest).toMillis();
    boolean began = until() <= now && until > now;
    own = Math.max(own, until);
    return began;
  }

  /** What the whole fleet keeps to. */
  void decided(long until) {
    fleets = until;
  }

  /** Whether this instance knows of a longer pause than the fleet does. */
  boolean isNews(long now) {
    return own > now && own - Math.max(fleets, now) >= RateSharing.PAUSE_STEP_MS;
  }

  /** Whether that has to be told without delay, because it has not been told at all. */
  synchronized boolean isUrgentNews(long now) {
    return isNews(now) && own - Math.max(told, now) >= RateSharing.PAUSE_STEP_MS;
  }

  /** What this instance knows, to be told to the fleet; null for none. */
  synchronized Long tell(long now) {
    told = own;
    return own > now ? own : null;
  }
}
