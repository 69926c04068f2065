package io.backstop.torture;

import java.time.Duration;

/**
 * Decides when a fleet to which nothing is done any more has finished. Once the numbers agree it is
 * watched on until everything that waits would have had its turn: a second outcome would come late.
 * Pure.
 */
final class Drain {
  enum Stage {
    /** Outcomes are missing. */
    WAITING,
    /** All are there; a late one may still come. */
    WATCHING,
    /** There are as many as there should be, or more. */
    DONE,
    /** Outcomes are missing, and patience is over. */
    OVERDUE
  }

  private final long deadlineMs;
  private final long watchMs;
  private long completeSinceMs = -1;

  /**
   * @param watch how long the numbers have to agree
   */
  Drain(long nowMs, Duration patience, Duration watch) {
    this.deadlineMs = nowMs + patience.toMillis();
    this.watchMs = watch.toMillis();
  }

  Stage look(int published, int outcomes, long nowMs) {
    if (outcomes > published) {
      return Stage.DONE;
    }
    if (outcomes < published) {
      completeSinceMs = -1;
      return nowMs < deadlineMs ? Stage.WAITING : Stage.OVERDUE;
    }
    if (completeSinceMs < 0) {
      completeSinceMs = nowMs;
    }
    return nowMs - completeSinceMs < watchMs ? Stage.WATCHING : Stage.DONE;
  }
}
