package io.backstop.config;

import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What is let in. */
public interface IntakeConfig {

  /** How duplicates of one request meet in one partition. */
  enum Partitioning {
    BY_RECORD_KEY,
    BY_IDEMPOTENCY_KEY
  }

  @Doc(
      "by-record-key: by contract, duplicates of one request carry the same record key."
          + " by-idempotency-key: for upstreams that cannot promise it; one more hop through Kafka.")
  @WithDefault("by-record-key")
  Partitioning partitioning();

  @Doc("Largest request value that is let in, with a unit: 900KB, 1MB.")
  @WithDefault("900KB")
  @WithConverter(ByteSizeConverter.class)
  Integer maxRequestSize();

  @Doc("A record timestamp further ahead than this is refused as a mistake of unit.")
  @WithDefault("1d")
  Duration maxTimestampAhead();

  @Doc("A deadline further ahead than this is refused as a mistake of unit.")
  @WithDefault("366d")
  Duration maxDeadlineAhead();
}
