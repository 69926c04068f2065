package io.backstop.execution;

import java.util.HashMap;
import java.util.Map;

/**
 * Which of the parked work looks often whether its service is back: of each scope one every second,
 * so that a permit to probe is used before it lapses, and the others need not look. Stream thread
 * only.
 */
final class Scouts {
  /** How long until a scout looks again. */
  static final long EVERY_MS = 1_000;

  private final Map<String, Long> sentAt = new HashMap<>();

  /** Whether the work that has just looked in vain is to look again after {@link #EVERY_MS}. */
  boolean send(String scope, long now) {
    Long last = sentAt.get(scope);
    // or the clock was set back
    boolean isTurn = last == null || Math.abs(now - last) >= EVERY_MS;
    if (isTurn) {
      sentAt.put(scope, now);
    }
    return isTurn;
  }
}
