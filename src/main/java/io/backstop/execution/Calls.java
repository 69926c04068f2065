package io.backstop.execution;

import io.backstop.action.Admission;
import io.backstop.action.FailureClass;
import io.backstop.action.Outcome;
import io.backstop.action.RecordHeaders;
import io.backstop.action.RequestLog;
import io.backstop.action.Work;
import io.backstop.execution.CallInputs.CallInput;
import io.backstop.execution.CallPlans.CallPlan;
import io.backstop.executor.CallContext;
import io.backstop.executor.FailedCall;
import io.backstop.executor.http.HttpTransport;
import java.util.List;
import java.util.Optional;
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
  private final CallInputs inputs;

  Calls(HttpTransport http, CallInputs inputs) {
    this.http = http;
    this.inputs = inputs;
  }

  /** Starts one call. Never throws: a call that cannot be started has failed. */
  RunningCall start(Work work, CallPlan plan, Admission.Granted admission, long now) {
    int number = AttemptHistory.nextNumber(work);
    CallInput input = input(work, plan);
    if (input instanceof CallInput.Refused refused) {
      RunningCall call = new RunningCall(work, plan.service(), admission, number, now, List.of());
      call.notMade();
      Outcome outcome = new Outcome.Rejected(FailureClass.VALIDATION, refused.reason());
      completions.add(new Completion(call, outcome));
      return call;
    }
    return start(work, plan, admission, number, (CallInput.Ready) input, now);
  }

  private RunningCall start(
      Work work,
      CallPlan plan,
      Admission.Granted admission,
      int number,
      CallInput.Ready input,
      long now) {
    RunningCall call =
        new RunningCall(work, plan.service(), admission, number, now, input.losses());
    CallIdentity identity = CallIdentity.of(work);
    Optional<String> trace = RecordHeaders.traceparent(work.original());
    CallContext context =
        new CallContext(
            identity.idempotencyKey(),
            number,
            trace,
            call.timeout(),
            plan.service().config(),
            plan.service().credentials(),
            http,
            input.failure(),
            identity.generation());
    RequestLog.begin(work.request().getRequestId(), trace);
    try {
      CompletionStage<Outcome> stage = plan.executor().execute(input.request(), context);
      call.started(stage);
      stage.whenComplete(
          (outcome, failure) ->
              completions.add(new Completion(call, outcomeOf(outcome, failure, call))));
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      completions.add(new Completion(call, outcomeOf(null, e, call)));
    } finally {
      RequestLog.end();
    }
    return call;
  }

  /** A target that cannot judge a request cannot be given it either. */
  private CallInput input(Work work, CallPlan plan) {
    try {
      return inputs.of(work, plan.executor());
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      RequestLog.about(work, () -> LOG.error("request not converted target={}", work.target(), e));
      return new CallInput.Refused("the request could not be converted for it: " + e);
    }
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
      RequestLog.about(
          call.work(), () -> LOG.error("executor failed target={}", call.work().target(), failure));
    }
    return FailedCall.outcome(failure, call.timeout());
  }
}
