package io.backstop.execution;

import io.backstop.action.Admission;
import io.backstop.action.CallRate;
import io.backstop.action.FailureClass;
import io.backstop.action.InFlightWork;
import io.backstop.action.Outcome;
import io.backstop.action.QueueCounts;
import io.backstop.action.RecordHeaders;
import io.backstop.action.RetryDecision;
import io.backstop.action.Steps;
import io.backstop.action.StoreNames;
import io.backstop.action.TerminalOutcome;
import io.backstop.action.Work;
import io.backstop.execution.CallPlans.CallPlan;
import io.backstop.execution.Calls.Completion;
import io.backstop.execution.Turnstile.Entry;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongFunction;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Records work, starts its call and returns; takes over what has completed. The stream thread never
 * waits here, and everything that a request changes happens on it, inside its transaction.
 */
final class ExecutionProcessor implements Processor<byte[], Work, byte[], Object> {
  private static final long DEPTH_INTERVAL_MS = 1_000;

  private final ExecutionNode node;
  private final Verdict verdict;
  private final CascadeWalk cascade;
  private final Calls calls;
  private final Turnstile turnstile;
  private final RunningCalls running = new RunningCalls();
  private ProcessorContext<byte[], Object> context;
  private InFlightStore inFlight;
  private Backlog backlog;
  private BackingOff backingOff;
  private HeldWork held;
  private Resumption resumption;
  private WaitingTurn waitingTurn;
  private RetryQueue retryQueue;
  private Hops hops;
  private long depthDueAt;
  private final LongFunction<QueueCounts> depth = now -> retryQueue.counts();

  ExecutionProcessor(ExecutionNode node) {
    this.node = node;
    this.verdict = new Verdict(node.config().maxResponseData());
    CallGuards guards = node.plans().guards();
    this.cascade =
        new CascadeWalk(guards.cache(), guards.fallbacks(), node.plans()::servesAsFallback);
    this.calls = new Calls(node.plans().http(), new CallInputs(guards.fallbacks().conversion()));
    this.turnstile = new Turnstile(this, node.gate());
  }

  @Override
  public void init(ProcessorContext<byte[], Object> processorContext) {
    context = processorContext;
    inFlight = new InFlightStore(context.getStateStore(StoreNames.IN_FLIGHT), node.decoder());
    backlog =
        new Backlog(
            context.getStateStore(StoreNames.WAITING),
            node.config().starvationTurn(),
            key -> resumption.hasReached(key));
    backingOff = new BackingOff(context.getStateStore(StoreNames.BACKING_OFF));
    held =
        new HeldWork(
            node.plans().guards().pausedTargets(),
            inFlight,
            backingOff,
            context.getStateStore(StoreNames.WAITING),
            node.config().starvationTurn(),
            key -> resumption.hasReached(key));
    hops = new Hops(inFlight, key -> resumption.hasReached(key));
    Fallbacks fallbacks = node.plans().guards().fallbacks();
    retryQueue =
        new RetryQueue(
            fallbacks.parking(), inFlight, backingOff, key -> resumption.hasReached(key));
    fallbacks.queueDepth().watch(task(), depth);
    resumption =
        new Resumption(
            inFlight,
            backlog,
            backingOff,
            held,
            hops,
            retryQueue,
            node.plans()::scope,
            step -> Steps.isQueue(step) || node.plans().servesAsFallback(step),
            node.plans()::repeats);
    waitingTurn =
        new WaitingTurn(
            this, node.plans(), turnstile, inFlight, backlog, held, backingOff, retryQueue);
    context.schedule(node.config().drainInterval(), PunctuationType.WALL_CLOCK_TIME, this::tick);
  }

  @Override
  public void process(Record<byte[], Work> record) {
    long now = context.currentSystemTimeMs();
    Work work = record.value();
    // before completed calls are taken over: what ends now was not yet finished at the check
    Optional<String> original =
        hops.arrived(work) ? Optional.empty() : requestInFlight(work.idempotencyKey());
    if (!resumption.isDone()) {
      resumption.step();
    } else if (takeCompleted(now)) {
      waitingTurn.startWaiting(now);
    }
    if (original.isPresent()) {
      end(new TerminalOutcome.Duplicate(work, original.get()), now);
    } else if (work.isExpired(now)) {
      end(Verdict.expired(work, now), now);
    } else if (work.cascade().hasBegun() && Steps.isQueue(work.cascade().step())) {
      retryQueue.park(work, now);
    } else if (!held.isPaused(work.target()) && cascade.isToBeSkipped(work, now)) {
      end(StepResults.skippedAtOnce(work, now), now);
    } else {
      admit(work, now);
    }
  }

  private String task() {
    return context.taskId().toString();
  }

  @Override
  public void close() {
    node.plans().guards().fallbacks().queueDepth().forget(task(), depth);
    node.plans().depths().forget(this);
    for (RunningCall call : running.takeAll()) {
      call.cancel();
      node.gate().callEnded();
      call.service().circuit().abandoned(call.admission());
      call.service().inFlight().ended(call.work().priority());
    }
    for (ServicePlan service : node.plans().services()) {
      service.slots().forget(this);
      service.turns().forget(this);
    }
  }

  /** The id of the request in flight under a key. Asks the store only when it may know more. */
  private Optional<String> requestInFlight(String idempotencyKey) {
    RunningCall call = running.find(idempotencyKey);
    if (call != null) {
      return Optional.of(call.work().request().getRequestId());
    }
    if (resumption.isDone()
        && backlog.isEmpty()
        && held.isEmpty()
        && backingOff.isEmpty()
        && hops.areNone()) {
      return Optional.empty();
    }
    return Optional.ofNullable(inFlight.get(idempotencyKey)).map(InFlightWork::getRequestId);
  }

  private void tick(long now) {
    takeCompleted(now);
    for (RunningCall overdue : running.takeOverdue(now)) {
      overdue.cancel();
      settle(overdue, new Outcome.TimedOut(overdue.timeout()), now);
    }
    if (resumption.isDone()) {
      waitingTurn.takeDue(now);
      waitingTurn.startWaiting(now);
    } else {
      resumption.step();
    }
    if (now >= depthDueAt) {
      depthDueAt = now + DEPTH_INTERVAL_MS;
      node.plans().depths().tell(this, backlog.depths(), held.counts());
    }
  }

  private void admit(Work work, long now) {
    CallPlan plan = node.plans().of(work.target());
    if (plan == null) {
      onward(work.with(AttemptHistory.unknown(work, now)), "", now);
      return;
    }
    if (held.isPaused(work.target())) {
      hold(work, plan.service(), now);
      return;
    }
    Entry entry =
        mayOvertakeNobody(plan.service(), work.target())
            ? turnstile.enter(plan.service(), Demand.of(work.priority()), now)
            : turnstile.closed(plan.service(), now);
    if (entry instanceof Entry.Refused refused) {
      refused(work, refused.reason(), now);
    } else if (entry instanceof Entry.Entered entered) {
      RunningCall call = start(work, plan, entered.admission(), now);
      takeCompleted(now);
      // what ended at once was never in flight and costs no write
      if (running.contains(call)) {
        inFlight.putStarted(work);
        call.recorded();
      }
    } else {
      waitingTurn.queue(work, plan.service(), now);
    }
  }

  /** Behind what waits for its service already, so that what came first is held first. */
  private void hold(Work work, ServicePlan service, long now) {
    if (backlog.of(service.name()).isEmpty()) {
      held.hold(work, now);
    } else {
      waitingTurn.queue(work, service, now);
    }
  }

  private boolean mayOvertakeNobody(ServicePlan service, String target) {
    return resumption.isDone() && backlog.of(service.name()).isEmpty() && held.isEmpty(target);
  }

  private RunningCall start(Work work, CallPlan plan, Admission.Granted admission, long now) {
    RunningCall call = calls.start(work, plan, admission, now);
    if (call.number() == 1) {
      plan.service().retry().firstAttempt(now);
    }
    running.add(call);
    plan.service().inFlight().started(work.priority());
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
    ServicePlan service = call.service();
    long took = now - call.startedAt();
    if (call.isMade()) {
      turnstile.leave(service);
      service.circuit().ended(call.admission(), outcome, took, now);
      service.slowStart().ended(outcome, service.policy().get());
    } else {
      turnstile.notUsed(service, new Entry.Entered(call.admission()), now);
    }
    service.inFlight().ended(call.work().priority());
    node.metrics()
        .attempt(
            call.work().target(), CallWords.outcome(outcome), CallWords.failure(outcome), took);
    Work work = call.work().with(AttemptHistory.of(call, outcome, now));
    CallLines.ended(call, outcome, took);
    if (outcome instanceof Outcome.Succeeded succeeded) {
      retryQueue.left(work);
      service.rate().succeeded(now);
      forget(call);
      end(verdict.done(work, succeeded, call.losses(), now), now);
      return;
    }
    pauseWhereAsked(call, work, outcome, now);
    RetryDecision decision = NextAttempt.decide(service, work, outcome, now);
    if (decision instanceof RetryDecision.At next) {
      inFlight.putBackingOff(work, next.dueAt());
      backingOff.add(work.idempotencyKey(), next.dueAt());
    } else {
      forget(call);
      onward(work, ((RetryDecision.Never) decision).reason(), now);
    }
  }

  private static void pauseWhereAsked(RunningCall call, Work work, Outcome outcome, long now) {
    CallRate rate = call.service().rate();
    Optional<Duration> retryAfter = NextAttempt.retryAfter(outcome);
    if (work.lastAttempt().getFailureClass() == FailureClass.RATE_LIMITED) {
      rate.throttled(retryAfter, call.startedAt(), now);
    } else if (retryAfter.isPresent()) {
      rate.paused(retryAfter.get(), now);
    }
  }

  private void forget(RunningCall call) {
    if (call.isRecorded()) {
      inFlight.delete(call.work().idempotencyKey());
    }
  }

  /** Sends on work whose call the circuit refused; it must not stand in the store any more. */
  void refused(Work work, String reason, long now) {
    onward(work.with(AttemptHistory.refused(work, reason, now)), "", now);
  }

  /** Sends on work whose last attempt has failed for good. */
  void onward(Work work, String noMore, long now) {
    retryQueue.left(work);
    Onward onward = cascade.on(work, noMore, now);
    if (onward instanceof Onward.Ended ended) {
      end(ended.outcome(), now);
    } else {
      Work next = ((Onward.Hop) onward).work();
      hops.leave(next);
      int partition = context.taskId().partition();
      context.forward(Hops.record(next, partition, now), node.children().hops());
    }
  }

  /** Starts the call of work that stands in the in-flight store. */
  void startStored(Work work, CallPlan plan, Admission.Granted admission, long now) {
    start(work, plan, admission, now).recorded();
  }

  void end(TerminalOutcome outcome, long now) {
    byte[] key = RecordHeaders.bytes(outcome.original().getKey());
    CallLines.ended(outcome);
    context.forward(new Record<>(key, outcome, now), node.children().outcomes());
  }
}
