package io.backstop.torture;

import java.util.Optional;

/**
 * A record on the request topic.
 *
 * @param coordinates {@code topic-partition-offset}
 * @param requestId its own, duplicates too
 * @param key idempotency key; empty for poison
 */
record Published(String coordinates, String requestId, Optional<String> key) {

  @Override
  public String toString() {
    return "%s (%s)".formatted(requestId, coordinates);
  }
}
