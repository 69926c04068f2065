package io.backstop.runtime;

import io.backstop.action.ActionRequest;
import io.backstop.action.FailureClass;
import io.backstop.action.Outcome;
import io.backstop.action.PayloadFamily;
import io.backstop.action.TaskPayload;
import io.backstop.executor.ActionExecutor;
import io.backstop.executor.CallContext;
import io.backstop.executor.Target;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The target {@code notion:createPage} without a service: remembers its calls. Thread-safe. */
final class TestTarget implements ActionExecutor {
  static final String NAME = "notion:createPage";
  private static final Outcome DONE =
      new Outcome.Succeeded("{\"object\":\"page\"}", OptionalInt.of(200));
  private static final Outcome DOWN =
      new Outcome.Retryable(
          FailureClass.SERVER_ERROR, "down", OptionalInt.of(503), Optional.empty());

  /** One call as it was started. */
  record Call(String requestId, String idempotencyKey, int attempt) {}

  final Queue<Call> calls = new ConcurrentLinkedQueue<>();
  private final Supplier<CompletionStage<Outcome>> answers;

  private TestTarget(Supplier<CompletionStage<Outcome>> answers) {
    this.answers = answers;
  }

  static TestTarget answeringAfter(Duration delay) {
    return new TestTarget(
        () ->
            new CompletableFuture<Outcome>()
                .completeOnTimeout(DONE, delay.toMillis(), TimeUnit.MILLISECONDS));
  }

  /** One whose service is down. */
  static TestTarget failing() {
    return new TestTarget(() -> CompletableFuture.completedFuture(DOWN));
  }

  static TestTarget silent() {
    return new TestTarget(CompletableFuture::new);
  }

  /** Answers nothing before {@code released} completes, and everything at once after it. */
  static TestTarget heldUntil(CompletableFuture<?> released) {
    return new TestTarget(() -> released.thenApply(done -> DONE));
  }

  @Override
  public Target target() {
    return new Target(NAME, PayloadFamily.TASK);
  }

  @Override
  public List<String> problems(ActionRequest request) {
    return ((TaskPayload) request.getPayload()).getTitle() == null
        ? List.of("payload.title is missing: a page needs a title")
        : List.of();
  }

  @Override
  public CompletionStage<Outcome> execute(ActionRequest request, CallContext context) {
    calls.add(new Call(request.getRequestId(), context.idempotencyKey(), context.attempt()));
    return answers.get();
  }
}
