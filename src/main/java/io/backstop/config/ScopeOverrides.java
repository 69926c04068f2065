package io.backstop.config;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What a service, or a target with values of its own, can set; all of it can be changed by command.
 */
public interface ScopeOverrides {

  @Doc("Calls in flight at once, per instance; execution.max-concurrent-calls when absent.")
  OptionalInt maxConcurrentCalls();

  @Doc(
      "Calls per second of the whole fleet together; each instance gets a share. Not limited when"
          + " absent.")
  OptionalDouble callsPerSecond();

  @Doc("How long one call may take; execution.timeout when absent.")
  Optional<Duration> timeout();

  RetryOverrides retry();

  CircuitOverrides circuit();
}
