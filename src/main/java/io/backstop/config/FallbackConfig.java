package io.backstop.config;

import io.smallrye.config.WithDefault;
import java.util.Map;

/** What is done when an action has failed. */
public interface FallbackConfig {

  @Doc(
      "Whether fallbacks are used at all; with false, failures go to the dead letters. Also set by"
          + " the environment variable ENABLE_FALLBACKS.")
  @WithDefault("true")
  boolean enabled();

  @Doc("Fallback steps by action; an action that is not named has the bundled ones.")
  Map<String, StrategyConfig> strategies();

  @Doc("Where fallbacks put things, by fallback target.")
  Map<String, FallbackPlace> targets();

  ParkingConfig parking();

  SkipConfig skip();
}
