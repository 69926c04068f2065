package io.backstop.statistics;

import io.backstop.config.NotificationConfig;
import java.time.Instant;

/**
 * When the team may be notified of the same thing again.
 *
 * @param isOn whether it is notified at all
 * @param ms least time between two notifications, in milliseconds
 */
record Throttle(boolean isOn, long ms) {

  static Throttle of(NotificationConfig config) {
    return new Throttle(config.target().isPresent(), config.throttle().toMillis());
  }

  /**
   * Also when the last one lies that far in the future: whoever sent it had a wrong clock, which
   * must not silence the team until then.
   *
   * @param notifiedAt the last notification; null for none
   */
  boolean allows(Instant notifiedAt, long now) {
    return notifiedAt == null || Math.abs(now - notifiedAt.toEpochMilli()) >= ms;
  }
}
