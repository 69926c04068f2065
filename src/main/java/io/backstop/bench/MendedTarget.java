package io.backstop.bench;

import io.backstop.action.ActionRequest;
import io.backstop.action.FailureClass;
import io.backstop.action.Outcome;
import io.backstop.executor.ActionExecutor;
import io.backstop.executor.CallContext;
import io.backstop.executor.Target;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Refuses everything at once until it is mended; does everything in 20 ms from then on. */
final class MendedTarget implements ActionExecutor {
  private static final Duration LATENCY = Duration.ofMillis(20);
  private static final Outcome DONE = new Outcome.Succeeded("{\"ok\":true}", OptionalInt.empty());
  private static final Outcome REFUSED =
      new Outcome.Permanent(FailureClass.VALIDATION, "not mended yet", OptionalInt.empty());

  private volatile boolean isMended;

  void mend() {
    isMended = true;
  }

  @Override
  public Target target() {
    return InstantTarget.TARGET;
  }

  @Override
  public CompletionStage<Outcome> execute(ActionRequest request, CallContext context) {
    return isMended
        ? new CompletableFuture<Outcome>()
            .completeOnTimeout(DONE, LATENCY.toMillis(), TimeUnit.MILLISECONDS)
        : CompletableFuture.completedFuture(REFUSED);
  }
}
