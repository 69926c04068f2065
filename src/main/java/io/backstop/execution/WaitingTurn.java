package io.backstop.execution;

import io.backstop.action.InFlightWork;
import io.backstop.action.TerminalOutcome;
import io.backstop.action.Work;
import io.backstop.execution.BackingOff.Due;
import io.backstop.execution.CallPlans.CallPlan;
import io.backstop.execution.InFlightStore.Restored;
import io.backstop.execution.Turnstile.Entry;
import java.time.Instant;

/**
 * Gives the requests of one task that wait, or whose next attempt is due, their turn. Stream thread
 * only.
 */
final class WaitingTurn {
  /**
   * Refused and due requests are taken in steps, so that many of them do not hold up the thread.
   */
  private static final int STEP = 1_000;

  private static final long SCHEMA_RETRY_MS = 1_000;

  private final ExecutionProcessor task;
  private final CallPlans plans;
  private final Turnstile turnstile;
  private final InFlightStore inFlight;
  private final Backlog backlog;
  private final HeldWork held;
  private final BackingOff backingOff;
  private final RetryQueue retryQueue;

  WaitingTurn(
      ExecutionProcessor task,
      CallPlans plans,
      Turnstile turnstile,
      InFlightStore inFlight,
      Backlog backlog,
      HeldWork held,
      BackingOff backingOff,
      RetryQueue retryQueue) {
    this.task = task;
    this.plans = plans;
    this.turnstile = turnstile;
    this.inFlight = inFlight;
    this.backlog = backlog;
    this.held = held;
    this.backingOff = backingOff;
    this.retryQueue = retryQueue;
    // so that what an earlier owner left waiting is looked for
    plans.services().forEach(service -> backlog.of(service.name()));
  }

  /** Puts work behind everything that waits for its service. */
  void queue(Work work, ServicePlan service, long now) {
    long place = backlog.nextSequence(service.name(), now);
    inFlight.putWaiting(work, place);
    backlog.of(service.name()).add(work.priority(), place, work.idempotencyKey());
    if (work.request().getDeadline() != null) {
      backingOff.add(work.idempotencyKey(), work.request().getDeadline().toEpochMilli());
    }
    service.slots().setWaiting(task, backlog.of(service.name()).demand());
  }

  /**
   * Puts the requests whose next attempt is due behind everything that waits, and ends those that
   * still wait at their deadline: a paused service may not be called for long after it.
   */
  void takeDue(long now) {
    for (Due due : backingOff.takeDue(now, STEP)) {
      String idempotencyKey = due.idempotencyKey();
      InFlightWork stored = inFlight.get(idempotencyKey);
      if (stored == null) {
        continue;
      }
      if (isAt(stored.getBackingOffUntil(), due)) {
        String scope = plans.scope(stored.getTarget());
        boolean postponed =
            isStillAway(stored, scope, now)
                && retryQueue.postpone(idempotencyKey, stored, scope, now);
        if (!postponed) {
          retryQueue.becameDue(idempotencyKey, stored);
          queueAgain(idempotencyKey, stored, now);
        }
      } else if (stored.getDeadline() != null && stored.getDeadline().toEpochMilli() <= now) {
        endAtDeadline(idempotencyKey, stored, now);
      }
    }
  }

  private static boolean isAt(Instant time, Due due) {
    return time != null && time.toEpochMilli() == due.dueAt();
  }

  /**
   * What is parked is not sent into an open circuit, but tells that there is demand: nobody would
   * ever probe a service for which all work is parked.
   */
  private boolean isStillAway(InFlightWork stored, String scope, long now) {
    ServicePlan service = plans.ofScope(scope);
    return RetryQueue.isParked(stored)
        && service != null
        && turnstile.closed(service, now) instanceof Entry.Refused;
  }

  private void endAtDeadline(String idempotencyKey, InFlightWork stored, long now) {
    String scope = plans.scope(stored.getTarget());
    Long place = stored.getWaitingSequence();
    boolean waits =
        place != null && backlog.holds(scope, stored.getPriority(), place, idempotencyKey);
    boolean isHeld = !waits && held.holds(idempotencyKey, stored);
    if (!waits && !isHeld && stored.getBackingOffUntil() == null) {
      return; // its call is in flight, or it stands in the topic of its next step
    }
    Restored restored = inFlight.restore(idempotencyKey, stored);
    if (restored instanceof Restored.SchemaPending) {
      backingOff.add(idempotencyKey, now + SCHEMA_RETRY_MS);
      return;
    }
    if (waits) {
      backlog.free(scope, stored.getPriority(), place);
    } else if (isHeld) {
      held.free(stored);
    }
    retryQueue.left(idempotencyKey, stored);
    inFlight.delete(idempotencyKey);
    task.end(
        restored instanceof Restored.Ready ready
            ? Verdict.expired(ready.work(), now)
            : unreadable(idempotencyKey, stored, restored),
        now);
  }

  /** Starts what may be started, and sends on what an open circuit refuses. */
  void startWaiting(long now) {
    held.release(STEP, entry -> goOn(entry, now));
    for (int index = 0; index < backlog.scopes().size(); index++) {
      String scope = backlog.scopes().get(index);
      WaitingRequests waiting = backlog.of(scope);
      ServicePlan service = plans.ofScope(scope);
      boolean more = !waiting.isEmpty();
      for (int taken = 0; more && taken < STEP; taken++) {
        more =
            (service == null ? endUnknown(waiting, now) : next(waiting, service, now))
                && !waiting.isEmpty();
      }
      if (service != null) {
        service.slots().setWaiting(task, waiting.demand());
      }
    }
  }

  /** Puts what was held for a target behind everything that waits for its service. */
  private void goOn(Lane.Entry released, long now) {
    InFlightWork stored = standingAt(released);
    if (stored != null) {
      queueAgain(released.idempotencyKey(), stored, now);
    }
  }

  /** Takes the one whose turn it is; false when none can be taken now. */
  private boolean next(WaitingRequests waiting, ServicePlan service, long now) {
    Entry entry = turnstile.enter(service, waiting.demand(), now);
    if (entry instanceof Entry.Later) {
      return false;
    }
    Lane.Entry taken = waiting.take();
    String idempotencyKey = taken.idempotencyKey();
    InFlightWork stored = standingAt(taken);
    if (stored != null && held.isPaused(stored.getTarget())) {
      giveBack(entry, service, now);
      held.hold(idempotencyKey, stored, now);
      return true;
    }
    Restored restored = restored(idempotencyKey, stored);
    if (restored instanceof Restored.Ready ready) {
      CallPlan plan = plans.of(ready.work().target());
      if (entry instanceof Entry.Entered entered && plan != null && !ready.work().isExpired(now)) {
        task.startStored(ready.work(), plan, entered.admission(), now);
        return true;
      }
    }
    giveBack(entry, service, now);
    if (restored instanceof Restored.SchemaPending) {
      queueAgain(idempotencyKey, stored, now);
      return false;
    }
    if (stored != null) {
      inFlight.delete(idempotencyKey);
      leave(idempotencyKey, stored, restored, entry, now);
    }
    return true;
  }

  private void giveBack(Entry entry, ServicePlan service, long now) {
    if (entry instanceof Entry.Entered entered) {
      turnstile.notUsed(service, entered, now);
    }
  }

  private void leave(
      String idempotencyKey, InFlightWork stored, Restored restored, Entry entry, long now) {
    if (restored instanceof Restored.Ready ready) {
      Work work = ready.work();
      if (plans.of(work.target()) == null) {
        task.onward(work.with(AttemptHistory.unknown(work, now)), "", now);
      } else if (!work.isExpired(now) && entry instanceof Entry.Refused refused) {
        if (!retryQueue.putBack(work, now)) {
          task.refused(work, refused.reason(), now);
        }
      } else {
        retryQueue.left(work);
        task.end(Verdict.expired(work, now), now);
      }
    } else {
      retryQueue.left(idempotencyKey, stored);
      task.end(unreadable(idempotencyKey, stored, restored), now);
    }
  }

  private static TerminalOutcome unreadable(
      String idempotencyKey, InFlightWork stored, Restored restored) {
    return Verdict.unreadable(idempotencyKey, stored, ((Restored.Unreadable) restored).reason());
  }

  /** Ends what waits for a scope that no target is called under any more. */
  private boolean endUnknown(WaitingRequests waiting, long now) {
    Lane.Entry taken = waiting.take();
    String idempotencyKey = taken.idempotencyKey();
    InFlightWork stored = standingAt(taken);
    Restored restored = restored(idempotencyKey, stored);
    if (restored instanceof Restored.SchemaPending) {
      queueAgain(idempotencyKey, stored, now);
      return false;
    }
    if (stored != null) {
      inFlight.delete(idempotencyKey);
      if (restored instanceof Restored.Ready ready) {
        Work work = ready.work();
        task.onward(work.with(AttemptHistory.unknown(work, now)), "", now);
      } else {
        retryQueue.left(idempotencyKey, stored);
        task.end(unreadable(idempotencyKey, stored, restored), now);
      }
    }
    return true;
  }

  /**
   * The work that waits at a place; null when the place has outlived it: it ended at its deadline,
   * or waits elsewhere since a target's scope has changed to and fro.
   */
  private InFlightWork standingAt(Lane.Entry entry) {
    InFlightWork stored = inFlight.get(entry.idempotencyKey());
    boolean stands =
        stored != null && Long.valueOf(entry.sequence()).equals(stored.getWaitingSequence());
    return stands ? stored : null;
  }

  private Restored restored(String idempotencyKey, InFlightWork stored) {
    return stored == null
        ? new Restored.Unreadable("it is not in flight any more")
        : inFlight.restore(idempotencyKey, stored);
  }

  private void queueAgain(String idempotencyKey, InFlightWork stored, long now) {
    String scope = plans.scope(stored.getTarget());
    long place = backlog.nextSequence(scope, now);
    inFlight.requeue(idempotencyKey, stored, stored.getAttempts(), place);
    backlog.of(scope).add(stored.getPriority(), place, idempotencyKey);
    if (stored.getDeadline() != null) {
      backingOff.add(idempotencyKey, stored.getDeadline().toEpochMilli());
    }
  }
}
