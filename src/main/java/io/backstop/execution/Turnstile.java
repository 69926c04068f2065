package io.backstop.execution;

import io.backstop.action.Admission;

/**
 * Where a call of one task gets all that it needs before it may be made - a slot, the open gate of
 * the process, its part of the rate, the circuit's admission - or nothing of it. Stream thread
 * only.
 */
final class Turnstile {

  /** What became of asking. */
  sealed interface Entry {
    /** The call is to be made now; else {@link Turnstile#notUsed}. */
    record Entered(Admission.Granted admission) implements Entry {}

    /** Not now: the request waits for its turn. */
    record Later() implements Entry {}

    /** The circuit is open: the request goes on to its next step. */
    record Refused(String reason) implements Entry {}
  }

  private static final Entry LATER = new Entry.Later();

  private final Object task;
  private final CallGate gate;

  /**
   * @param task in whose name slots are held
   */
  Turnstile(Object task, CallGate gate) {
    this.task = task;
    this.gate = gate;
  }

  /** Asks for one call, for work of this kind. */
  Entry enter(ServicePlan service, Demand demand, long now) {
    Entry closed = closed(service, now);
    if (closed instanceof Entry.Refused || !service.slots().tryAcquire(task, demand)) {
      return closed;
    }
    if (!gate.tryStart()) {
      service.slots().release(task);
      return LATER;
    }
    if (!tryStart(service, demand, now)) {
      leave(service);
      return LATER;
    }
    Admission admission = service.circuit().admit(now);
    if (admission instanceof Admission.Granted granted) {
      return new Entry.Entered(granted);
    }
    leave(service);
    service.rate().giveBack(now);
    return new Entry.Refused(((Admission.Refused) admission).reason());
  }

  private boolean tryStart(ServicePlan service, Demand demand, long now) {
    if (!service.rate().isLimited()) {
      return service.rate().tryStart(now);
    } else if (!service.turns().isTurnOf(task, demand, now)) {
      return false;
    } else if (service.rate().tryStart(now)) {
      service.turns().started(task, demand, now);
      return true;
    }
    service.turns().refused(task, demand, now);
    return false;
  }

  /** Refused where the circuit refuses every call, also one that would have to wait; else later. */
  Entry closed(ServicePlan service, long now) {
    if (!service.circuit().refuses(now)) {
      return LATER;
    }
    Admission admission = service.circuit().admit(now);
    if (admission instanceof Admission.Refused refused) {
      service.slowStart().startAgain();
      return new Entry.Refused(refused.reason());
    }
    service.circuit().notUsed((Admission.Granted) admission, now);
    return LATER;
  }

  /** Gives back what a call held that has ended. */
  void leave(ServicePlan service) {
    gate.callEnded();
    service.slots().release(task);
  }

  /** Gives back what was got for a call that is not made after all. */
  void notUsed(ServicePlan service, Entry.Entered entered, long now) {
    leave(service);
    service.rate().giveBack(now);
    service.circuit().notUsed(entered.admission(), now);
  }
}
