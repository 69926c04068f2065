package io.backstop.action;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** A harmless call that shows whether a service is there. Thread-safe. */
@FunctionalInterface
public interface HealthProbe {

  /**
   * Starts the call and returns at once. Never throws; the stage never completes exceptionally, and
   * completes on any thread.
   *
   * @param timeout after which the outcome is {@link Outcome.TimedOut}, whatever the service does
   */
  CompletionStage<Outcome> start(Duration timeout);
}
