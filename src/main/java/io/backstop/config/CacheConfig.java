package io.backstop.config;

import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Bounds of the cached results, which every instance holds a copy of on its disk. */
public interface CacheConfig {

  @Doc("Oldest result that is served, where target and request say nothing else.")
  @WithDefault("5m")
  Duration maxAge();

  @Doc(
      "How long a result is kept at all, so the largest max-age that has an effect; applied to the"
          + " topic when it is created.")
  @WithDefault("7d")
  Duration retention();

  @Doc("Results kept at most; the oldest go first.")
  @WithDefault("10000")
  int maxEntries();

  @Doc("A larger result is not kept, with a unit.")
  @WithDefault("64KB")
  @WithConverter(ByteSizeConverter.class)
  Integer maxEntrySize();

  @Doc("Size of all kept results together, with a unit; the oldest go first.")
  @WithDefault("64MB")
  @WithConverter(ByteSizeConverter.class)
  Integer maxTotalSize();
}
