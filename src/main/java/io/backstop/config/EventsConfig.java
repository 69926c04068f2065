package io.backstop.config;

import io.smallrye.config.WithDefault;

/** Which events are written; those about circuits always are. */
public interface EventsConfig {

  @Doc(
      "An event for each request that succeeded. Off, because its result says the same, and one"
          + " more record for each request costs throughput.")
  @WithDefault("false")
  boolean requestSucceeded();

  @Doc("An event for each request that became a dead letter.")
  @WithDefault("true")
  boolean requestFailed();

  @Doc("An event for each request that was not executed because of an open circuit, say.")
  @WithDefault("true")
  boolean requestRejected();

  @Doc("An event for each request that a fallback did.")
  @WithDefault("true")
  boolean fallbackUsed();

  @Doc(
      "An event for each setting that a command changed. The command and its answer stay in any case.")
  @WithDefault("true")
  boolean settingsChanged();
}
