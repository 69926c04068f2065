package io.backstop.execution;

import io.backstop.action.InFlightWork;
import io.backstop.action.Outcome;
import io.backstop.action.RecordHeaders;
import io.backstop.action.StoreNames;
import io.backstop.action.TerminalOutcome;
import io.backstop.action.Work;
import io.backstop.execution.CallPlans.CallPlan;
import io.backstop.execution.Calls.Completion;
import io.backstop.execution.InFlightStore.Restored;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Records work, starts its call and returns; takes over what has completed. The stream thread never
 * waits here, and everything that a request changes happens on it, inside its transaction.
 */
final class ExecutionProcessor implements Processor<byte[], Work, byte[], TerminalOutcome> {
  private final ExecutionNode node;
  private final Verdict verdict;
  private final Calls calls;
  private final RunningCalls running = new RunningCalls();
  private ProcessorContext<byte[], TerminalOutcome> context;
  private InFlightStore inFlight;
  private Backlog backlog;
  private Resumption resumption;

  ExecutionProcessor(ExecutionNode node) {
    this.node = node;
    this.verdict = new Verdict(node.config().maxResponseData());
    this.calls = new Calls(node.plans().http());
  }

  @Override
  public void init(ProcessorContext<byte[], TerminalOutcome> processorContext) {
    context = processorContext;
    inFlight = new InFlightStore(context.getStateStore(StoreNames.IN_FLIGHT), node.decoder());
    backlog =
        new Backlog(context.getStateStore(StoreNames.WAITING), node.config().starvationTurn());
    resumption = new Resumption(inFlight, backlog);
    context.schedule(node.config().drainInterval(), PunctuationType.WALL_CLOCK_TIME, this::tick);
  }

  @Override
  public void process(Record<byte[], Work> record) {
    long now = context.currentSystemTimeMs();
    Work work = record.value();
    // before completed calls are taken over: what ends now was not yet finished at the check
    Optional<String> original = requestInFlight(work.idempotencyKey());
    if (!resumption.isDone()) {
      resumption.step();
    } else if (takeCompleted(now)) {
      startWaiting(now);
    }
    if (original.isPresent()) {
      end(new TerminalOutcome.Duplicate(work, original.get()), now);
    } else {
      admit(work, now);
    }
  }

  @Override
  public void close() {
    for (RunningCall call : running.takeAll()) {
      call.cancel();
      node.gate().callEnded();
    }
    node.plans().services().forEach(service -> service.slots().forget(this));
  }

  /** The id of the request in flight under a key. Asks the store only when it may know more. */
  private Optional<String> requestInFlight(String idempotencyKey) {
    RunningCall call = running.find(idempotencyKey);
    if (call != null) {
      return Optional.of(call.work().request().getRequestId());
    }
    if (resumption.isDone() && backlog.isEmpty()) {
      return Optional.empty();
    }
    return Optional.ofNullable(inFlight.get(idempotencyKey)).map(InFlightWork::getRequestId);
  }

  private void tick(long now) {
    takeCompleted(now);
    for (RunningCall overdue : running.takeOverdue(now)) {
      overdue.cancel();
      settle(overdue, new Outcome.TimedOut(overdue.service().timeout()), now);
    }
    if (resumption.isDone()) {
      startWaiting(now);
    } else {
      resumption.step();
    }
  }

  private void admit(Work work, long now) {
    CallPlan plan = node.plans().of(work.request().getAction());
    if (work.isExpired(now)) {
      end(Verdict.expired(work, now), now);
    } else if (mayOvertakeNobody(plan.service()) && mayStart(plan.service())) {
      RunningCall call = start(work, plan, now);
      takeCompleted(now);
      // what ended at once was never in flight and costs no write
      if (running.contains(call)) {
        inFlight.putStarted(work);
        call.recorded();
      }
    } else {
      long place = backlog.nextSequence(plan.service().name(), now);
      inFlight.putWaiting(work, place);
      backlog
          .of(plan.service().name())
          .add(work.request().getPriority(), place, work.idempotencyKey());
      plan.service().slots().setWaiting(this, true);
    }
  }

  private boolean mayOvertakeNobody(ServicePlan service) {
    return resumption.isDone() && backlog.of(service.name()).isEmpty();
  }

  private boolean mayStart(ServicePlan service) {
    if (!service.slots().tryAcquire(this)) {
      return false;
    }
    if (node.gate().tryStart()) {
      return true;
    }
    service.slots().release(this);
    return false;
  }

  private void giveBack(ServicePlan service) {
    node.gate().callEnded();
    service.slots().release(this);
  }

  private RunningCall start(Work work, CallPlan plan, long now) {
    RunningCall call = calls.start(work, plan, work.attempts().size() + 1, now);
    running.add(call);
    return call;
  }

  private boolean takeCompleted(long now) {
    boolean any = false;
    Completion completion;
    while ((completion = calls.poll()) != null) {
      if (running.remove(completion.call())) {
        settle(completion.call(), completion.outcome(), now);
        any = true;
      }
    }
    return any;
  }

  private void settle(RunningCall call, Outcome outcome, long now) {
    giveBack(call.service());
    node.metrics()
        .attempt(
            call.work().request().getAction(),
            outcome.getClass().getSimpleName(),
            now - call.startedAt());
    if (call.isRecorded()) {
      inFlight.delete(call.work().idempotencyKey());
    }
    end(verdict.of(call, outcome, now), now);
  }

  private void end(TerminalOutcome outcome, long now) {
    byte[] key = RecordHeaders.bytes(outcome.original().getKey());
    context.forward(new Record<>(key, outcome, now));
  }

  private void startWaiting(long now) {
    for (ServicePlan service : node.plans().services()) {
      WaitingRequests waiting = backlog.of(service.name());
      boolean more = !waiting.isEmpty();
      while (more && mayStart(service)) {
        more = startNext(waiting, service, now) && !waiting.isEmpty();
      }
      service.slots().setWaiting(this, !waiting.isEmpty());
    }
  }

  /** Starts the one whose turn it is; false when it cannot be started yet and waits on. */
  private boolean startNext(WaitingRequests waiting, ServicePlan service, long now) {
    String idempotencyKey = waiting.take().idempotencyKey();
    InFlightWork stored = inFlight.get(idempotencyKey);
    Restored restored = inFlight.restore(idempotencyKey, stored);
    if (restored instanceof Restored.Ready ready) {
      startRestored(ready.work(), service, now);
      return true;
    }
    giveBack(service);
    if (restored instanceof Restored.Unreadable unreadable) {
      inFlight.delete(idempotencyKey);
      end(Verdict.unreadable(idempotencyKey, stored, unreadable.reason()), now);
      return true;
    }
    long place = backlog.nextSequence(service.name(), now);
    inFlight.requeue(idempotencyKey, stored, stored.getAttempts(), place);
    waiting.add(stored.getPriority(), place, idempotencyKey);
    return false;
  }

  private void startRestored(Work work, ServicePlan service, long now) {
    CallPlan plan = node.plans().of(work.request().getAction());
    if (plan == null || work.isExpired(now)) {
      giveBack(service);
      inFlight.delete(work.idempotencyKey());
      end(plan == null ? Verdict.unknownTarget(work) : Verdict.expired(work, now), now);
    } else {
      start(work, plan, now).recorded();
    }
  }
}
