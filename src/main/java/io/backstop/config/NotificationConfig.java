package io.backstop.config;

import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Tells the team when a fallback is used. */
public interface NotificationConfig {

  @Doc(
      "Target that notifications are sent by: email:notification, slack:postMessage, webhook:post,"
          + " console:log, or one of your own that takes a message; none are sent when absent.")
  Optional<String> target();

  @Doc("E-mail addresses, or the Slack channel.")
  Optional<List<String>> recipients();

  @Doc(
      "For each primary action and fallback, one notification in this time, from the whole fleet;"
          + " the next one says how many were suppressed.")
  @WithDefault("5m")
  Duration throttle();
}
