package io.backstop.config;

import io.smallrye.config.WithDefault;

/** Replays of dead letters. */
public interface ReplayConfig {

  @Doc(
      "Replayed requests that may be under way at a time in the whole fleet: more is quicker where"
          + " nothing else bounds a replay, fewer leaves more room to live traffic.")
  @WithDefault("100")
  int maxOutstanding();
}
