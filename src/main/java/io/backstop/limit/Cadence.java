package io.backstop.limit;

/**
 * When one scope of this process has something to tell the rate-coordinator: at once where somebody
 * waits for it, and again every 2 s for as long as it may matter, because any signal can be lost.
 * Not thread-safe; times are epoch milliseconds.
 */
final class Cadence {
  private static final long REPEAT_MS = 2_000;

  /** A share that has changed is confirmed for as long, a few times in all. */
  private static final long CONFIRM_MS = 5 * REPEAT_MS;

  private long wantedAt;
  private long sentAt;
  private long sentWantedAt;
  private boolean unconfirmed;
  private long confirmUntil;

  /** A call under a limit was asked for. */
  void wanted(long now) {
    wantedAt = now;
  }

  /** The share of this instance is another one than before. */
  void shareChanged() {
    unconfirmed = true;
  }

  boolean isWanting(long now) {
    return now - wantedAt < REPEAT_MS;
  }

  /**
   * Whether to send a signal now.
   *
   * @param canCall whether there is a share to call with
   * @param pauseIsNews whether there is a pause that the fleet does not know of
   * @param pauseIsUrgent whether it has not been told yet
   */
  boolean isDue(boolean canCall, boolean pauseIsNews, boolean pauseIsUrgent, long now) {
    boolean waits = isWanting(now) && !canCall && now - sentWantedAt >= REPEAT_MS;
    boolean repeats =
        (isWanting(now) || pauseIsNews || now < confirmUntil) && now - sentAt >= REPEAT_MS;
    return unconfirmed || pauseIsUrgent || waits || repeats;
  }

  /** Whether the coordinator may have heard of this instance. */
  boolean hasSent() {
    return sentAt > 0;
  }

  /** A signal is on its way. */
  void sent(long now) {
    sentAt = now;
    if (isWanting(now)) {
      sentWantedAt = now;
    }
    if (unconfirmed) {
      confirmUntil = now + CONFIRM_MS;
      unconfirmed = false;
    }
  }
}
