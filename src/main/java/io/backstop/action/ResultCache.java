package io.backstop.action;

import java.util.Optional;

/** Earlier successful results, whichever instance and partition produced them. Thread-safe. */
public interface ResultCache {

  /**
   * The result to serve in place of a call; empty when the request does not take one, or none is
   * young enough. No I/O but a look-up in a local store.
   *
   * @param now epoch milliseconds
   */
  Optional<CachedResult> find(Work work, long now);
}
