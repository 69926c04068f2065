package io.backstop.runtime;

import io.backstop.config.BackstopConfig;
import io.backstop.config.IntakeConfig.Partitioning;
import io.backstop.topology.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.TopicConfig;

/**
 * A topic that the processor reads or writes.
 *
 * @param partitions when it is created
 * @param leastMessageBytes its max.message.bytes must be at least this
 * @param partitionedLike topic that must have the same partition count; itself where none must
 * @param keptFor its retention when it is created; the broker's default when empty
 */
record RequiredTopic(
    String name,
    int partitions,
    int leastMessageBytes,
    String partitionedLike,
    Optional<Duration> keptFor) {
  private static final int BROKER_DEFAULT_BYTES = 1_048_588;

  /** A result carries its request's headers, which may be as large as a request. */
  private static final int RESULT_BYTES = 2 * 1024 * 1024;

  /** A dead letter carries a request, its headers twice, and its history. */
  private static final int DEAD_LETTER_BYTES = StreamsSettings.MAX_REQUEST_BYTES;

  /** What Kafka's record format and a few headers add to a request's value. */
  private static final int RECORD_OVERHEAD_BYTES = 64 * 1024;

  /** All of them, those that others depend on first. */
  static List<RequiredTopic> of(BackstopConfig config) {
    var topics = new Topics(config.topics().prefix());
    int partitions = config.topics().partitions();
    int requestBytes =
        Math.max(BROKER_DEFAULT_BYTES, config.intake().maxRequestSize() + RECORD_OVERHEAD_BYTES);
    String requests = topics.requests();

    var required = new ArrayList<RequiredTopic>();
    required.add(new RequiredTopic(requests, partitions, requestBytes, requests, Optional.empty()));
    if (config.intake().partitioning() == Partitioning.BY_IDEMPOTENCY_KEY) {
      String byKey = topics.requestsByKey();
      // whatever the request topic takes and the intake lets in, with its coordinates and a new key
      int hopBytes =
          Math.max(requestBytes, config.intake().maxRequestSize() + 1024 * 1024)
              + RECORD_OVERHEAD_BYTES;
      required.add(new RequiredTopic(byKey, partitions, hopBytes, requests, Optional.empty()));
    }
    String results = topics.results();
    required.add(new RequiredTopic(results, partitions, RESULT_BYTES, results, Optional.empty()));
    String letters = topics.deadLetters();
    Optional<Duration> keptFor = Optional.of(config.topics().deadLetterRetention());
    required.add(new RequiredTopic(letters, partitions, DEAD_LETTER_BYTES, letters, keptFor));
    return List.copyOf(required);
  }

  /** Settings at creation: only what the broker's defaults would not give. */
  Map<String, String> settings() {
    var settings = new HashMap<String, String>();
    if (leastMessageBytes > BROKER_DEFAULT_BYTES) {
      settings.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(leastMessageBytes));
    }
    if (keptFor.isPresent()) {
      settings.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(keptFor.get().toMillis()));
    }
    return settings;
  }
}
