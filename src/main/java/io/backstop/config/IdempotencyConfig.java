package io.backstop.config;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long an outcome is remembered. */
public interface IdempotencyConfig {

  @Doc(
      "How long a key is remembered after its outcome: a duplicate within it causes no call."
          + " Longer costs disk in proportion. At least 1 minute.")
  @WithDefault("24h")
  Duration retention();
}
