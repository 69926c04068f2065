package io.backstop.torture;

import java.time.InstantSource;

/** When the broker or the registry was away, so that a processor could not start. Thread-safe. */
final class Outages {
  /** A start that fails for an outage may end only after it. */
  private static final long JUST_OVER_MS = 2_000;

  private final InstantSource clock;
  private int away;
  private long overSince = Long.MIN_VALUE / 2;

  Outages(InstantSource clock) {
    this.clock = clock;
  }

  synchronized void begin() {
    away++;
  }

  synchronized void end() {
    away--;
    overSince = clock.millis();
  }

  /** Whether a start that ends now may have failed for an outage. */
  synchronized boolean excuseAStart() {
    return away > 0 || clock.millis() - overSince <= JUST_OVER_MS;
  }
}
