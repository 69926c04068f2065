package io.backstop.execution;

import io.backstop.action.InFlightWork;
import io.backstop.action.TerminalOutcome;
import io.backstop.action.Work;
import io.backstop.execution.CallPlans.CallPlan;
import io.backstop.execution.InFlightStore.Restored;
import io.backstop.execution.Turnstile.Entry;

/**
 * Gives the requests of one task that wait, or whose next attempt is due, their turn. Stream thread
 * only.
 */
final class WaitingTurn {
  /**
   * Refused and due requests are taken in steps, so that many of them do not hold up the thread.
   */
  private static final int STEP = 1_000;

  private final ExecutionProcessor task;
  private final CallPlans plans;
  private final Turnstile turnstile;
  private final InFlightStore inFlight;
  private final Backlog backlog;
  private final BackingOff backingOff;

  WaitingTurn(
      ExecutionProcessor task,
      CallPlans plans,
      Turnstile turnstile,
      InFlightStore inFlight,
      Backlog backlog,
      BackingOff backingOff) {
    this.task = task;
    this.plans = plans;
    this.turnstile = turnstile;
    this.inFlight = inFlight;
    this.backlog = backlog;
    this.backingOff = backingOff;
    // so that what an earlier owner left waiting is looked for
    plans.services().forEach(service -> backlog.of(service.name()));
  }

  /** Puts work behind everything that waits for its service. */
  void queue(Work work, ServicePlan service, long now) {
    long place = backlog.nextSequence(service.name(), now);
    inFlight.putWaiting(work, place);
    backlog.of(service.name()).add(work.request().getPriority(), place, work.idempotencyKey());
    service.slots().setWaiting(task, true);
  }

  /** Puts the requests whose next attempt is due behind everything that waits. */
  void queueDue(long now) {
    for (String idempotencyKey : backingOff.takeDue(now, STEP)) {
      InFlightWork stored = inFlight.get(idempotencyKey);
      if (stored != null) {
        queueAgain(idempotencyKey, stored, now);
      }
    }
  }

  /** Starts what may be started, and sends on what an open circuit refuses. */
  void startWaiting(long now) {
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
        service.slots().setWaiting(task, !waiting.isEmpty());
      }
    }
  }

  /** Takes the one whose turn it is; false when none can be taken now. */
  private boolean next(WaitingRequests waiting, ServicePlan service, long now) {
    Entry entry = turnstile.enter(service, now);
    if (entry instanceof Entry.Later) {
      return false;
    }
    String idempotencyKey = waiting.take().idempotencyKey();
    InFlightWork stored = inFlight.get(idempotencyKey);
    Restored restored = restored(idempotencyKey, stored);
    if (restored instanceof Restored.Ready ready) {
      CallPlan plan = plans.of(ready.work().request().getAction());
      if (entry instanceof Entry.Entered entered && plan != null && !ready.work().isExpired(now)) {
        task.startStored(ready.work(), plan, entered.admission(), now);
        return true;
      }
    }
    if (entry instanceof Entry.Entered entered) {
      turnstile.notUsed(service, entered, now);
    }
    if (restored instanceof Restored.SchemaPending) {
      queueAgain(idempotencyKey, stored, now);
      return false;
    }
    if (stored != null) {
      inFlight.delete(idempotencyKey);
      task.end(ending(idempotencyKey, stored, restored, entry, now), now);
    }
    return true;
  }

  private TerminalOutcome ending(
      String idempotencyKey, InFlightWork stored, Restored restored, Entry entry, long now) {
    if (restored instanceof Restored.Ready ready) {
      Work work = ready.work();
      if (plans.of(work.request().getAction()) == null) {
        return Verdict.unknownTarget(work);
      }
      return !work.isExpired(now) && entry instanceof Entry.Refused refused
          ? task.onward(work, refused.reason(), now)
          : Verdict.expired(work, now);
    }
    return Verdict.unreadable(idempotencyKey, stored, ((Restored.Unreadable) restored).reason());
  }

  /** Ends what waits for a scope that no target is called under any more. */
  private boolean endUnknown(WaitingRequests waiting, long now) {
    String idempotencyKey = waiting.take().idempotencyKey();
    InFlightWork stored = inFlight.get(idempotencyKey);
    Restored restored = restored(idempotencyKey, stored);
    if (restored instanceof Restored.SchemaPending) {
      queueAgain(idempotencyKey, stored, now);
      return false;
    }
    if (stored != null) {
      inFlight.delete(idempotencyKey);
      task.end(
          restored instanceof Restored.Ready ready
              ? Verdict.unknownTarget(ready.work())
              : Verdict.unreadable(
                  idempotencyKey, stored, ((Restored.Unreadable) restored).reason()),
          now);
    }
    return true;
  }

  private Restored restored(String idempotencyKey, InFlightWork stored) {
    // a place may outlive its request when a target's scope has changed to and fro
    return stored == null
        ? new Restored.Unreadable("it is not in flight any more")
        : inFlight.restore(idempotencyKey, stored);
  }

  private void queueAgain(String idempotencyKey, InFlightWork stored, long now) {
    String scope = plans.scope(stored.getTarget());
    long place = backlog.nextSequence(scope, now);
    inFlight.requeue(idempotencyKey, stored, stored.getAttempts(), place);
    backlog.of(scope).add(stored.getPriority(), place, idempotencyKey);
  }
}
