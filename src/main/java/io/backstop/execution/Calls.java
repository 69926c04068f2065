package io.backstop.execution;

import io.backstop.action.Admission;
import io.backstop.action.FailureClass;
import io.backstop.action.Outcome;
import io.backstop.action.RecordHeaders;
import io.backstop.action.Work;
import io.backstop.execution.CallPlans.CallPlan;
import io.backstop.executor.CallContext;
import io.backstop.executor.auth.MissingCredentialsException;
import io.backstop.executor.http.HttpTransport;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
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

  private static Outcome outcomeOf(Outcome outcome, Throwable thrown, RunningCall call) {
    if (outcome != null) {
      return outcome;
    }
    Throwable failure = cause(thrown);
    if (failure instanceof HttpTimeoutException || failure instanceof TimeoutException) {
      return new Outcome.TimedOut(call.timeout());
    } else if (failure instanceof IOException) {
      return new Outcome.Retryable(
          FailureClass.NETWORK, text(failure), OptionalInt.empty(), Optional.empty());
    } else if (failure instanceof MissingCredentialsException) {
      return new Outcome.Rejected(FailureClass.AUTHENTICATION, failure.getMessage());
    } else if (failure instanceof CancellationException) {
      return new Outcome.Permanent(
          FailureClass.INTERNAL, "the executor gave the call up", OptionalInt.empty());
    }
    LOG.error("executor failed target={}", call.work().request().getAction(), failure);
    return new Outcome.Permanent(
        FailureClass.INTERNAL,
        failure == null ? "the executor gave no outcome" : text(failure),
        OptionalInt.empty());
  }

  private static Throwable cause(Throwable thrown) {
    Throwable cause = thrown;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static String text(Throwable failure) {
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }
}
