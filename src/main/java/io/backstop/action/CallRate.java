package io.backstop.action;

import java.time.Duration;
import java.util.Optional;

/**
 * How fast calls of one scope may be started in this process: its share of the fleet's calls per
 * second, and the pauses that the service asked for. Thread-safe, and cheap enough for every
 * request.
 */
public interface CallRate {

  /**
   * Takes the right to start one call now.
   *
   * @param now epoch milliseconds
   */
  boolean tryStart(long now);

  /** Gives back a right that was taken and not used. */
  void giveBack(long now);

  /**
   * The service refused a call because there were too many, or named a time to wait: every instance
   * pauses.
   *
   * @param retryAfter how long the service asked to wait from now on, where it did
   */
  void throttled(Optional<Duration> retryAfter, long now);

  /** Until when no call is started, epoch milliseconds; not after {@code now} for no pause. */
  long pausedUntil(long now);
}
