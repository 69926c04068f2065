package io.backstop.topology;

import io.backstop.action.ActionRequest;
import io.backstop.action.FailureClass;
import io.backstop.action.Outcome;
import io.backstop.action.PayloadFamily;
import io.backstop.executor.ActionExecutor;
import io.backstop.executor.CallContext;
import io.backstop.executor.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A target that does what a plan says for each request. */
record PlannedTarget(Target target, Map<String, Map<String, Behaviour>> plans, List<String> log)
    implements ActionExecutor {

  /** What becomes of a call. */
  enum Behaviour {
    SUCCEEDS,
    FAILS_FOR_NOW,
    FAILS_FOR_GOOD,
    REFUSES,
    BREAKS_OFF,
    NEVER_ANSWERS
  }

  /**
   * @param plans by idempotency key and target
   * @param log gets "key target" of each call
   */
  PlannedTarget(String name, Map<String, Map<String, Behaviour>> plans, List<String> log) {
    this(new Target(name, PayloadFamily.TASK), plans, log);
  }

  @Override
  public CompletionStage<Outcome> execute(ActionRequest request, CallContext context) {
    String key = context.idempotencyKey();
    log.add(key + " " + target.name());
    return switch (plans.get(key).get(target.name())) {
      case SUCCEEDS -> done(new Outcome.Succeeded("{}", OptionalInt.of(200)));
      case FAILS_FOR_NOW ->
          done(
              new Outcome.Retryable(
                  FailureClass.SERVER_ERROR, "down", OptionalInt.of(503), Optional.empty()));
      case FAILS_FOR_GOOD ->
          done(new Outcome.Permanent(FailureClass.NOT_FOUND, "gone", OptionalInt.of(404)));
      case REFUSES -> done(new Outcome.Rejected(FailureClass.AUTHENTICATION, "no token"));
      case BREAKS_OFF -> CompletableFuture.failedFuture(new java.io.IOException("broken off"));
      case NEVER_ANSWERS -> new CompletableFuture<>();
    };
  }

  private static CompletionStage<Outcome> done(Outcome outcome) {
    return CompletableFuture.completedFuture(outcome);
  }

  /** Longer than any call may take. */
  static final Duration PATIENCE = Duration.ofSeconds(2);
}
