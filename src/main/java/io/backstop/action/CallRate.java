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

  /** Whether starts are limited to a rate now, so that those who ask have to take turns. */
  boolean isLimited();

  /** The service did what a call asked for: this is what it can do. */
  void succeeded(long now);

  /**
   * The service refused a call because there were too many: every instance pauses, and this one
   * goes on at the rate at which calls succeeded before, growing while none is refused.
   *
   * @param retryAfter how long the service asked to wait from now on, where it did
   * @param startedAt when that call was started
   */
  void throttled(Optional<Duration> retryAfter, long startedAt, long now);

  /**
   * The service named a time to wait for another reason: every instance pauses.
   *
   * @param retryAfter from now on
   */
  void paused(Duration retryAfter, long now);

  /** Until when no call is started, epoch milliseconds; not after {@code now} for no pause. */
  long pausedUntil(long now);
}
