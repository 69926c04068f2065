package io.backstop.config;

import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How calls are made; a service can have its own values under services. */
public interface ExecutionConfig {

  @Doc("Calls in flight at once per service and instance; further requests wait in the store.")
  @WithDefault("256")
  int maxConcurrentCalls();

  @Doc(
      "Whether a service of which nothing is known, after start and after its circuit was open, gets"
          + " only as many calls at once as failures open its circuit, one more for each answer and"
          + " one less for each failure: one that hangs holds few requests then. With false it"
          + " gets max-concurrent-calls at once.")
  @WithDefault("true")
  boolean slowStart();

  @Doc("How long one call may take.")
  @WithDefault("10s")
  Duration timeout();

  @Doc("Pause of a service that refused a call as one too many and did not say for how long.")
  @WithDefault("1s")
  Duration throttlePause();

  @Doc("Longest pause that a service's Retry-After can cause.")
  @WithDefault("15m")
  Duration maxPause();

  @Doc(
      "A priority that was passed over this many times in a row gets the next start, so that none is"
          + " ever starved: smaller is fairer, larger favours HIGH.")
  @WithDefault("10")
  int starvationTurn();

  @Doc("How often completed calls are looked for while no request arrives.")
  @WithDefault("2ms")
  Duration drainInterval();

  @Doc("Largest part of a service's answer kept in a result, with a unit.")
  @WithDefault("64KB")
  @WithConverter(ByteSizeConverter.class)
  Integer maxResponseData();
}
