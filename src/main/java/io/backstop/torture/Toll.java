package io.backstop.torture;

import java.util.List;
import java.util.Map;

/**
 * Which blows fell.
 *
 * @param done how many, by {@link Blow#kind}
 * @param skipped those that came to nothing, and why
 */
record Toll(Map<String, Integer> done, List<String> skipped) {

  int kills() {
    return done.getOrDefault(Blow.kind(Blow.Kill.class), 0);
  }
}
