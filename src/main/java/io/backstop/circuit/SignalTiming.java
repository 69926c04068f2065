package io.backstop.circuit;

/** When an instance tells the coordinator about a circuit. Not thread-safe. */
final class SignalTiming {
  /** Failures within it go into one signal. */
  private static final long BATCH_MS = 50;

  /** Repairs a lost signal, and carries the statistics. */
  private static final long HEARTBEAT_MS = 1_000;

  private boolean sentBefore;
  private long sentAt;
  private long dueAt = Long.MAX_VALUE;

  void atOnce() {
    dueAt = Long.MIN_VALUE;
  }

  void soon(long now) {
    dueAt = Math.min(dueAt, now + BATCH_MS);
  }

  /** One heartbeat after the last signal; the first one soon, for the others count who calls. */
  void withHeartbeat(long now) {
    if (dueAt == Long.MAX_VALUE) {
      dueAt = sentBefore ? sentAt + HEARTBEAT_MS : now + BATCH_MS;
    }
  }

  boolean isDue(long now) {
    return now >= dueAt;
  }

  long dueAt() {
    return dueAt;
  }

  void sent(long now) {
    sentBefore = true;
    sentAt = now;
    dueAt = Long.MAX_VALUE;
  }

  boolean hasSent() {
    return sentBefore;
  }
}
