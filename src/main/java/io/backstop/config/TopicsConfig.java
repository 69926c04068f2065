package io.backstop.config;

import io.smallrye.config.WithDefault;

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
}
