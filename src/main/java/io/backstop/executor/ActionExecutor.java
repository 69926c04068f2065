package io.backstop.executor;

import io.backstop.action.ActionRequest;
import io.backstop.action.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Executes actions against one target. Found by {@link java.util.ServiceLoader}: to add a target,
 * write one class with a public no-argument constructor and name it in {@code
 * META-INF/services/io.backstop.executor.ActionExecutor}.
 *
 * <p>One instance serves all stream threads of the process, so it keeps no state of a request.
 */
public interface ActionExecutor {

  /** The target served; the same value at every call. */
  Target target();

  /**
   * What is wrong with a request for this target, one sentence each naming the field and the mend,
   * for example {@code payload.title is missing: a page needs a title}; empty when it can be
   * executed. Called on the stream thread for each request: no I/O, no waiting.
   */
  default List<String> problems(ActionRequest request) {
    return List.of();
  }

  /**
   * Whether the target can be a step of a strategy. Not one that changes or reads what is there
   * already: it has nothing to work on when the primary action belongs to another service.
   */
  default boolean servesAsFallback() {
    return true;
  }

  /**
   * Whether the target, as a fallback, takes requests as they are, whatever their payload; else it
   * gets a payload that was converted to its family, and what that loses is told in the result.
   */
  default boolean takesAnyPayload() {
    return false;
  }

  /**
   * A harmless call that shows whether the target's service is there; empty where it has none. Of
   * the targets of one service, the first that has one is asked.
   */
  default Optional<HealthCheck> healthCheck() {
    return Optional.empty();
  }

  /**
   * Starts the call and returns at once; called on the stream thread, which must never wait. The
   * executor completes the stage exactly once, on any thread. A stage that completes exceptionally
   * counts as {@code Retryable(NETWORK)} for an {@link java.io.IOException}, as {@code TimedOut}
   * for a timeout, and as {@code Permanent(INTERNAL)} for anything else.
   *
   * <p>After {@link CallContext#timeout()} the processor records TIMEOUT whatever the executor
   * does, cancels the stage, and ignores what it completes with later.
   */
  CompletionStage<Outcome> execute(ActionRequest request, CallContext context);
}
