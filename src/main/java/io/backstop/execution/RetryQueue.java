package io.backstop.execution;

import io.backstop.action.Cascade;
import io.backstop.action.InFlightWork;
import io.backstop.action.Steps;
import io.backstop.action.StoredCascade;
import io.backstop.action.Work;
import io.backstop.config.ParkingConfig;

/**
 * The requests of one task that are parked until their primary action is tried again. They stand in
 * the in-flight store, and when they are due among what backs off. Stream thread only.
 */
final class RetryQueue {
  private static final int MAX_DOUBLINGS = 30;

  private final ParkingConfig parking;
  private final InFlightStore inFlight;
  private final BackingOff backingOff;

  RetryQueue(ParkingConfig parking, InFlightStore inFlight, BackingOff backingOff) {
    this.parking = parking;
    this.inFlight = inFlight;
    this.backingOff = backingOff;
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
    if (parked.request().getDeadline() != null) {
      backingOff.add(parked.idempotencyKey(), parked.request().getDeadline().toEpochMilli());
    }
  }

  /**
   * Leaves due work parked for a while longer, because its service is still away; that counts as no
   * further park.
   *
   * @return false when it was parked long enough
   */
  boolean postpone(String idempotencyKey, InFlightWork stored, long now) {
    long parkedSince = stored.getCascade().getParkedSince().toEpochMilli();
    if (now - parkedSince >= parking.maxAge().toMillis()) {
      return false;
    }
    long until = now + parking.delay().toMillis();
    inFlight.postpone(idempotencyKey, stored, until);
    backingOff.add(idempotencyKey, until);
    return true;
  }

  /**
   * @param parks 1 for the first
   */
  private long delayMs(int parks) {
    long doubled = parking.delay().toMillis() << Math.min(parks - 1, MAX_DOUBLINGS);
    return Math.min(doubled, parking.maxDelay().toMillis());
  }
}
