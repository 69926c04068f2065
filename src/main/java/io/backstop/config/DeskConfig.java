package io.backstop.config;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The desk, where operators find dead letters. */
public interface DeskConfig {

  @Doc("How long a dead letter stays on the desk, counted from its creation.")
  @WithDefault("30d")
  Duration retention();
}
