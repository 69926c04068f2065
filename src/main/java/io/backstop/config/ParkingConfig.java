package io.backstop.config;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The retry queue: requests whose primary action is tried again later. */
public interface ParkingConfig {

  @Doc("How long a request is parked the first time; twice as long each time after.")
  @WithDefault("1m")
  Duration delay();

  @Doc("The longest time for which it is parked at once.")
  @WithDefault("30m")
  Duration maxDelay();

  @Doc("How often a request is parked at most; then its next step is taken.")
  @WithDefault("10")
  int maxParks();

  @Doc(
      "How long after its first park a request is parked again at most; then its next step is taken.")
  @WithDefault("24h")
  Duration maxAge();
}
