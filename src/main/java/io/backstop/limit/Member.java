package io.backstop.limit;

/**
 * One instance that calls under a limit, as the coordinator sees it.
 *
 * @param sequence of the newest signal heard
 * @param heardAt when it was heard, epoch milliseconds
 * @param wantedAt when a signal last said that it wants to call, epoch milliseconds
 * @param share calls per second, as published
 * @param outstanding the greatest share that it may still be using; never less than {@code share}
 * @param changedIn version in which {@code share} last changed
 * @param until the end of its lease by the coordinator's clock, epoch milliseconds
 */
record Member(
    String instance,
    long sequence,
    long heardAt,
    long wantedAt,
    double share,
    double outstanding,
    long changedIn,
    long until) {
  static final long LEASE_MS = 60_000;

  /** The instance's clock may be behind the coordinator's by as much. */
  static final long CLOCK_SKEW_MS = 5_000;

  private static final long RENEW_AFTER_MS = LEASE_MS / 3;
  private static final long WANTED_MS = 10_000;

  /** After as long no older signal of an instance that has gone is on its way any more. */
  private static final long REMEMBERED_MS = 60_000;

  static Member unknown(String instance) {
    return new Member(instance, Long.MIN_VALUE, 0, 0, 0, 0, 0, 0);
  }

  /** A signal newer than the ones before. */
  Member heard(long newSequence, boolean wanted, long seenVersion, long now) {
    // it keeps to the version that changed its share last, or to one that says the same
    double mayUse = seenVersion >= changedIn ? share : outstanding;
    return new Member(
        instance, newSequence, now, wanted ? now : wantedAt, share, mayUse, changedIn, until);
  }

  /** Its last signal: it starts nothing more. */
  Member left(long newSequence, long now) {
    return new Member(instance, newSequence, now, 0, 0, 0, changedIn, now);
  }

  /** As if it had been heard just now, after a time in which nobody listened. */
  Member resumed(long now) {
    return share > 0
        ? new Member(instance, sequence, now, now, share, outstanding, changedIn, until)
        : this;
  }

  /** With nothing outstanding once its lease is over. */
  Member atTime(long now) {
    return share == 0 && outstanding > 0 && now >= until + CLOCK_SKEW_MS
        ? new Member(instance, sequence, heardAt, wantedAt, 0, 0, changedIn, until)
        : this;
  }

  /** With another share, published in {@code version}. */
  Member withShare(double newShare, long version) {
    return newShare == share
        ? this
        : new Member(
            instance,
            sequence,
            heardAt,
            wantedAt,
            newShare,
            Math.max(outstanding, newShare),
            version,
            until);
  }

  /** With a new lease, if there is anything to lease. */
  Member renewed(long now) {
    return share == 0
        ? this
        : new Member(
            instance,
            sequence,
            heardAt,
            wantedAt,
            share,
            outstanding,
            changedIn,
            Math.max(until, now + LEASE_MS));
  }

  boolean isWanting(long now) {
    return now - wantedAt < WANTED_MS;
  }

  boolean needsRenewal(long now) {
    return share > 0 && until - now <= LEASE_MS - RENEW_AFTER_MS;
  }

  boolean isForgotten(long now) {
    return share == 0 && outstanding == 0 && now - heardAt >= REMEMBERED_MS;
  }
}
