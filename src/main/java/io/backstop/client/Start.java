package io.backstop.client;

import java.time.Instant;

/** Where in a topic reading starts. */
public sealed interface Start {

  /** With the oldest record there is. */
  record Beginning() implements Start {}

  /** With the next record that is written. */
  record End() implements Start {}

  /** With the first record of each partition whose timestamp is not before {@code instant}. */
  record Since(Instant instant) implements Start {}
}
