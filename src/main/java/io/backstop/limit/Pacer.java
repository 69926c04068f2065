package io.backstop.limit;

/**
 * Spaces the starts of one instance's calls evenly: the generic cell rate algorithm (ITU-T I.371)
 * in its leaky-bucket form, so that a rate can change at any time. What was not used can be caught
 * up with for 20 ms at most, so that a tick of some milliseconds does not cost throughput; the rate
 * is scaled down by as much. So at most {@code rate + 1} calls start in any second, and where the
 * rates of several pacers never sum to more than a limit, at most the limit and one per pacer,
 * however often the rates change. Pure; one thread at a time.
 */
final class Pacer {
  private static final double CATCH_UP_SECONDS = 0.02;

  /** More is a clock that was set back; less, another thread's older look at it. */
  private static final long CLOCK_SET_BACK_MS = 10_000;

  private double callsPerSecond;

  /** Calls that may start now, beside the one that may whenever this is not negative. */
  private double room;

  private long lastMs;

  /** Takes the right to start one call now, if there is one. */
  boolean tryStart(long now) {
    passTime(now);
    if (callsPerSecond == 0 || room < 0) {
      return false;
    }
    room -= 1;
    return true;
  }

  /** Gives back a right that was taken a moment ago and not used. */
  void giveBack() {
    room = Math.min(roomAtMost(), room + 1);
  }

  /**
   * Changes the rate. A greater one brings no calls to catch up with: they are another instance's,
   * until now.
   *
   * @param allowed calls per second, 0 for none
   */
  void changeRate(double allowed, long now) {
    passTime(now);
    callsPerSecond = allowed / (1 + CATCH_UP_SECONDS);
    room = Math.min(room, roomAtMost());
  }

  /** Starts nothing more, whatever the time, until the rate changes. */
  void stop() {
    callsPerSecond = 0;
    room = Math.min(room, 0);
  }

  private void passTime(long now) {
    if (now > lastMs) {
      room = Math.min(roomAtMost(), room + (now - lastMs) * callsPerSecond / 1_000);
      lastMs = now;
    } else if (lastMs - now > CLOCK_SET_BACK_MS) {
      lastMs = now;
    }
  }

  private double roomAtMost() {
    return callsPerSecond * CATCH_UP_SECONDS;
  }
}
