package io.backstop.executor;

import io.backstop.action.Outcome;
import java.util.concurrent.CompletionStage;

/**
 * A call that changes nothing and shows whether a service answers, such as "who am I". Any answer
 * that only a working service gives is a {@link Outcome.Succeeded}.
 */
@FunctionalInterface
public interface HealthCheck {

  /** As {@link ActionExecutor#execute}: starts the call, returns at once, completes once. */
  CompletionStage<Outcome> check(CallContext context);
}
