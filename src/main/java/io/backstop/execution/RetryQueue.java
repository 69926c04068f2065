package io.backstop.execution;

import io.backstop.action.AttemptOutcome;
import io.backstop.action.Cascade;
import io.backstop.action.InFlightWork;
import io.backstop.action.QueueCounts;
import io.backstop.action.Steps;
import io.backstop.action.StoredCascade;
import io.backstop.action.Work;
import io.backstop.config.ParkingConfig;
import java.util.function.Predicate;

/**
 * The requests of one task that are parked until their primary action is tried again. They stand in
 * the in-flight store, and when they are due among what backs off. Stream thread only.
 */
final class RetryQueue {
  private static final int MAX_DOUBLINGS = 30;

  private final ParkingConfig parking;
  private final InFlightStore inFlight;
  private final BackingOff backingOff;
  private final Predicate<String> counted;
  private final QueueTally tally = new QueueTally();
  private final Scouts scouts = new Scouts();

  /**
   * @param counted whether an idempotency key stands where the store was walked through already
   */
  RetryQueue(
      ParkingConfig parking,
      InFlightStore inFlight,
      BackingOff backingOff,
      Predicate<String> counted) {
    this.parking = parking;
    this.inFlight = inFlight;
    this.backingOff = backingOff;
    this.counted = counted;
  }

  /** Whether work is parked, so that its primary action is not tried before it is due. */
  static boolean isParked(InFlightWork stored) {
    int attempts = stored.getAttempts().size();
    return holds(stored)
        && attempts > 0
        && stored.getAttempts().get(attempts - 1).getOutcome() == AttemptOutcome.PARKED
        && stored.getBackingOffUntil() != null;
  }

  /** How much it holds. */
  QueueCounts counts() {
    return tally.counts();
  }

  /** Counts one that an earlier owner of the task has parked. */
  void found(InFlightWork stored) {
    if (isParked(stored)) {
      tally.parked(stored.getPriority(), stored.getSubmitter());
    } else {
      tally.foundDue(stored.getPriority(), stored.getSubmitter());
    }
  }

  /** Whether work was parked, and is or will be due for its primary action. */
  static boolean holds(InFlightWork stored) {
    StoredCascade cascade = stored.getCascade();
    return cascade != null
        && !cascade.getHopping()
        && Steps.isQueue(cascade.getSteps().get(cascade.getPosition()));
  }

  /** Parks work that has come to a queue step. */
  void park(Work arrived, long now) {
    Cascade cascade = arrived.cascade().parkedAt(now);
    long until = now + delayMs(cascade.parks());
    Work parked = arrived.with(cascade);
    parked = parked.with(AttemptHistory.parked(parked, until, now));
    inFlight.putBackingOff(parked, until);
    backingOff.add(parked.idempotencyKey(), until);
    if (counted.test(parked.idempotencyKey())) {
      tally.parked(parked.priority(), parked.request().getSubmitter());
    }
    if (parked.request().getDeadline() != null) {
      backingOff.add(parked.idempotencyKey(), parked.request().getDeadline().toEpochMilli());
    }
  }

  /** Work that was parked is put among what waits for its service. */
  void becameDue(String idempotencyKey, InFlightWork stored) {
    if (isParked(stored) && counted.test(idempotencyKey)) {
      tally.becameDue();
    }
  }

  /** Work that was due has succeeded, failed again, or is not tried again. */
  void left(Work work) {
    boolean wasDue = work.cascade().hasBegun() && Steps.isQueue(work.cascade().step());
    if (wasDue && counted.test(work.idempotencyKey())) {
      tally.left(true, work.priority(), work.request().getSubmitter());
    }
  }

  /** Stored work ends without having been tried again. */
  void left(String idempotencyKey, InFlightWork stored) {
    if (holds(stored) && counted.test(idempotencyKey)) {
      tally.left(!isParked(stored), stored.getPriority(), stored.getSubmitter());
    }
  }

  /**
   * Leaves due work parked for a while longer, because its service is still away; that counts as no
   * further park.
   *
   * @param scope that its primary action is called under
   * @return false when it was parked long enough
   */
  boolean postpone(String idempotencyKey, InFlightWork stored, String scope, long now) {
    if (isOld(stored.getCascade().getParkedSince().toEpochMilli(), now)) {
      return false;
    }
    long delay = parking.delay().toMillis();
    long until = now + (scouts.send(scope, now) ? Math.min(Scouts.EVERY_MS, delay) : delay);
    inFlight.postpone(idempotencyKey, stored, until);
    backingOff.add(idempotencyKey, until);
    return true;
  }

  /**
   * Parks due work again whose turn came when its circuit admitted nothing more: the others that
   * were due with it took the permits. That counts as no further park either.
   *
   * @return false when it was called since it was parked, was never parked, or was long enough
   */
  boolean putBack(Work work, long now) {
    boolean isUntried =
        work.cascade().hasBegun()
            && Steps.isQueue(work.cascade().step())
            && work.lastAttempt().getOutcome() == AttemptOutcome.PARKED;
    if (!isUntried || isOld(work.cascade().parkedSince().orElse(now), now)) {
      return false;
    }
    long until = now + parking.delay().toMillis();
    inFlight.putBackingOff(work, until);
    backingOff.add(work.idempotencyKey(), until);
    if (counted.test(work.idempotencyKey())) {
      tally.putBack();
    }
    return true;
  }

  private boolean isOld(long parkedSince, long now) {
    return now - parkedSince >= parking.maxAge().toMillis();
  }

  /**
   * @param parks 1 for the first
   */
  private long delayMs(int parks) {
    long longest = parking.maxDelay().toMillis();
    int doublings = Math.min(parks - 1, MAX_DOUBLINGS);
    boolean isLonger = parking.delay().toMillis() > longest >> doublings;
    return isLonger ? longest : parking.delay().toMillis() << doublings;
  }
}
