package io.backstop.config;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Topic names and shape. */
public interface TopicsConfig {

  @Doc("Prefix of every topic name.")
  @WithDefault("actions.")
  String prefix();

  @Doc("Partitions of created request topics: the upper limit of parallel instances.")
  @WithDefault("6")
  int partitions();

  @Doc("Create missing topics at start; otherwise a missing topic is an error.")
  @WithDefault("false")
  boolean autoCreate();

  @Doc(
      "How long dead letters, and hops to fallback steps that nobody reads, are kept; applied when"
          + " their topics are created.")
  @WithDefault("30d")
  Duration deadLetterRetention();
}
