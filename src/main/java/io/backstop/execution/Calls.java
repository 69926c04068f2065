package io.backstop.execution;

import io.backstop.action.Admission;
import io.backstop.action.Outcome;
import io.backstop.action.RecordHeaders;
import io.backstop.action.Work;
import io.backstop.execution.CallPlans.CallPlan;
import io.backstop.executor.CallContext;
import io.backstop.executor.FailedCall;
import io.backstop.executor.http.HttpTransport;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts calls and hands their outcomes back. Calls are started and outcomes taken on the stream
 * thread; they complete on any thread, which only puts them into the queue here.
 */
final class Calls {
  private static final Logger LOG = LoggerFactory.getLogger(Calls.class);

  /** A call and how it ended. */
  record Completion(RunningCall call, Outcome outcome) {}

  private final Queue<Completion> completions = new ConcurrentLinkedQueue<>();
  private final HttpTransport http;

  Calls(HttpTransport http) {
    this.http = http;
  }

  /** Starts one call. Never throws: a call that cannot be started has failed. */
  RunningCall start(Work work, CallPlan plan, Admission.Granted admission, long now) {
    int number = AttemptHistory.nextNumber(work);
    RunningCall call = new RunningCall(work, plan.service(), admission, number, now);
    CallContext context =
        new CallContext(
            work.idempotencyKey(),
            number,
            RecordHeaders.traceparent(work.original()),
            call.timeout(),
            plan.service().config(),
            plan.service().credentials(),
            http);
    try {
      CompletionStage<Outcome> stage = plan.executor().execute(work.request(), context);
      call.started(stage);
      stage.whenComplete(
          (outcome, failure) ->
              completions.add(new Completion(call, outcomeOf(outcome, failure, call))));
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      completions.add(new Completion(call, outcomeOf(null, e, call)));
    }
    return call;
  }

  /** The next call that has ended, or null. */
  Completion poll() {
    return completions.poll();
  }

  private static Outcome outcomeOf(Outcome outcome, Throwable failure, RunningCall call) {
    if (outcome != null) {
      return outcome;
    }
    if (FailedCall.isDefect(failure)) {
      LOG.error("executor failed target={}", call.work().request().getAction(), failure);
    }
    return FailedCall.outcome(failure, call.timeout());
  }
}
