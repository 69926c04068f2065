package io.backstop.replay;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How many letters may be released now so that a rate is kept. In no second are it more than the
 * rate, rounded up; the time when nothing was released is made up for by one letter and a quarter
 * of a second's at most. Not stored: a new owner of the task does not know what the one before
 * released, and therefore releases nothing in its first second. Stream thread only.
 */
final class Pace {
  private static final long SECOND_MS = 1_000;
  private static final double BURST_SECONDS = 0.25;

  private record Release(long at, long count) {}

  private final double perSecond;
  private final Deque<Release> lastSecond = new ArrayDeque<>();
  private double tokens;
  private long countedAt;
  private long restsUntil;

  private Pace(double perSecond, double tokens, long now, long restsUntil) {
    this.perSecond = perSecond;
    this.tokens = tokens;
    this.countedAt = now;
    this.restsUntil = restsUntil;
  }

  /**
   * For what begins now: its first letter may go at once.
   *
   * @param rate letters a second, above 0; null for as fast as may be
   */
  static Pace from(Double rate, long now) {
    return rate == null ? unlimited(now) : new Pace(rate, 1, now, now);
  }

  /** For what an earlier owner of the task has begun. */
  static Pace again(Double rate, long now) {
    return rate == null ? unlimited(now) : new Pace(rate, 0, now, now + SECOND_MS);
  }

  private static Pace unlimited(long now) {
    return new Pace(Double.POSITIVE_INFINITY, 0, now, now);
  }

  /** How many letters may be released now. */
  long due(long now) {
    if (Double.isInfinite(perSecond)) {
      return Long.MAX_VALUE;
    }
    tokens = Math.min(most(), tokens + perSecond * Math.max(0, now - countedAt) / SECOND_MS);
    countedAt = Math.max(countedAt, now);
    while (!lastSecond.isEmpty() && lastSecond.peekFirst().at() <= now - SECOND_MS) {
      lastSecond.removeFirst();
    }
    long released = lastSecond.stream().mapToLong(Release::count).sum();
    long room = Math.max(0, (long) Math.ceil(perSecond) - released);
    return now < restsUntil ? 0 : Math.min((long) tokens, room);
  }

  private double most() {
    return 1 + perSecond * BURST_SECONDS;
  }

  /** What was released now, at most what was due. */
  void took(long count, long now) {
    if (count > 0 && !Double.isInfinite(perSecond)) {
      tokens -= count;
      lastSecond.addLast(new Release(now, count));
    }
  }
}
