package io.backstop.config;

import java.time.Duration;
import java.util.Optional;

/** Whether one target's results are kept for later. */
public interface CacheOverrides {

  @Doc(
      "Keep successful results, and serve the last one when the circuit is open or all attempts"
          + " have failed. Only for what changes nothing: true for notion:query and gmail:search,"
          + " false for all others when absent. A request can ask for it by its policy.")
  Optional<Boolean> enabled();

  @Doc("Oldest result that is served; cache.max-age when absent.")
  Optional<Duration> maxAge();
}
