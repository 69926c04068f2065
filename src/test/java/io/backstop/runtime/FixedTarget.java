package io.backstop.runtime;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.backstop.action.ActionRequest;
import io.backstop.action.FailureClass;
import io.backstop.action.Outcome;
import io.backstop.action.PayloadFamily;
import io.backstop.executor.ActionExecutor;
import io.backstop.executor.CallContext;
import io.backstop.executor.Target;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A target that always answers the same; remembers its requests. Thread-safe. */
final class FixedTarget implements ActionExecutor {
  private static final Outcome DONE = new Outcome.Succeeded("{}", OptionalInt.of(200));
  private static final Outcome FULL =
      new Outcome.Permanent(FailureClass.RESOURCE_EXHAUSTED, "full", OptionalInt.of(507));

  final Queue<ActionRequest> requests = new ConcurrentLinkedQueue<>();
  private final Target target;
  private final Outcome answer;

  private FixedTarget(String name, PayloadFamily family, Outcome answer) {
    this.target = new Target(name, family);
    this.answer = answer;
  }

  static FixedTarget succeeding(String name, PayloadFamily family) {
    return new FixedTarget(name, family, DONE);
  }

  static FixedTarget failing(String name, PayloadFamily family) {
    return new FixedTarget(name, family, FULL);
  }

  @Override
  public Target target() {
    return target;
  }

  @Override
  public boolean takesAnyPayload() {
    return true;
  }

  @Override
  public CompletionStage<Outcome> execute(ActionRequest request, CallContext context) {
    requests.add(request);
    return completedFuture(answer);
  }
}
