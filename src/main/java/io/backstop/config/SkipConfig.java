package io.backstop.config;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When a service is skipped at once, by requests that allow it. */
public interface SkipConfig {

  @Doc("Requests that must have failed at the service within the window; 0 for never.")
  @WithDefault("3")
  int failures();

  @Doc("How long a failure counts.")
  @WithDefault("5m")
  Duration window();
}
