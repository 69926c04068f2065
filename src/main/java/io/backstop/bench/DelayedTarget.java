package io.backstop.bench;

import io.backstop.action.ActionRequest;
import io.backstop.action.Outcome;
import io.backstop.action.PayloadFamily;
import io.backstop.executor.ActionExecutor;
import io.backstop.executor.CallContext;
import io.backstop.executor.Target;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Does everything, after a time: a service that is limited by its latency and by nothing else. */
record DelayedTarget(Duration latency) implements ActionExecutor {
  static final Target TARGET = new Target("bench:delayed", PayloadFamily.GENERIC);
  private static final Outcome DONE = new Outcome.Succeeded("{\"ok\":true}", OptionalInt.empty());

  @Override
  public Target target() {
    return TARGET;
  }

  @Override
  public CompletionStage<Outcome> execute(ActionRequest request, CallContext context) {
    return new CompletableFuture<Outcome>()
        .completeOnTimeout(DONE, latency.toMillis(), TimeUnit.MILLISECONDS);
  }
}
