package io.backstop.runtime;

import io.backstop.config.BackstopConfig;
import io.backstop.config.IntakeConfig.Partitioning;
import io.backstop.executor.Targets;
import io.backstop.topology.FallbackTopics;
import io.backstop.topology.RequestRecordSize;
import io.backstop.topology.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/**
 * A topic that the processor reads or writes.
 *
 * @param partitions when it is created
 * @param leastMessageBytes its max.message.bytes must be at least this
 * @param partitionedLike topic that must have the same partition count; itself where none must
 * @param alone whether it must have exactly one partition
 * @param kept its further settings when it is created
 */
record RequiredTopic(
    String name,
    int partitions,
    int leastMessageBytes,
    String partitionedLike,
    boolean alone,
    Map<String, String> kept) {
  private static final int BROKER_DEFAULT_BYTES = 1_048_588;

  /** A result carries its request's headers, which may be as large as a request. */
  private static final int RESULT_BYTES = 2 * 1024 * 1024;

  /** A dead letter carries a request, its headers twice, and its history. */
  private static final int DEAD_LETTER_BYTES = StreamsSettings.MAX_REQUEST_BYTES;

  /** What Kafka's record format and a few headers add to a request's value. */
  private static final int RECORD_OVERHEAD_BYTES = 64 * 1024;

  /** Every instance reads all of it at start, so what is out of date must go soon. */
  private static final Map<String, String> COMPACTED_SOON =
      Map.of(
          TopicConfig.CLEANUP_POLICY_CONFIG,
          TopicConfig.CLEANUP_POLICY_COMPACT,
          TopicConfig.SEGMENT_MS_CONFIG,
          Long.toString(Duration.ofMinutes(10).toMillis()),
          TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
          "0.1");

  private static final Map<String, String> FOR_EVER = Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1");

  /** All of them, those that others depend on first. */
  static List<RequiredTopic> of(BackstopConfig config, Targets targets) {
    var topics = new Topics(config.topics().prefix());
    var required = new ArrayList<>(ofRequests(config, topics));
    Map<String, String> kept = kept(config.topics().deadLetterRetention());
    for (String step : FallbackTopics.steps(targets)) {
      // a fallback request carries a request, its headers and its history, and comes back in
      required.add(
          new RequiredTopic(
              topics.fallback(step),
              config.topics().partitions(),
              DEAD_LETTER_BYTES,
              topics.requests(),
              false,
              kept));
    }
    required.add(alone(topics.fleetSignals(), kept(Duration.ofHours(1))));
    required.add(alone(topics.fallbackReports(), kept(Duration.ofDays(7))));
    required.add(alone(topics.deskReports(), kept(Duration.ofDays(7))));
    required.add(alone(topics.fleetState(), COMPACTED_SOON));
    required.add(alone(topics.commands(), FOR_EVER));
    required.add(alone(topics.commandResults(), FOR_EVER));
    int partitions = config.topics().partitions();
    // one partition, so that clearing and keeping have one order
    required.add(alone(topics.cachedResults(), cached(config)));
    required.add(spread(topics.events(), partitions, BROKER_DEFAULT_BYTES, Map.of()));
    return List.copyOf(required);
  }

  private static List<RequiredTopic> ofRequests(BackstopConfig config, Topics topics) {
    int partitions = config.topics().partitions();
    int requestBytes = RequestRecordSize.surelyFits(config.intake());
    String requests = topics.requests();

    var required = new ArrayList<RequiredTopic>();
    required.add(spread(requests, partitions, requestBytes, Map.of()));
    if (config.intake().partitioning() == Partitioning.BY_IDEMPOTENCY_KEY) {
      // whatever the request topic takes and the intake lets in, with its coordinates and a new key
      int hopBytes =
          Math.max(requestBytes, config.intake().maxRequestSize() + 1024 * 1024)
              + RECORD_OVERHEAD_BYTES;
      String byKey = topics.requestsByKey();
      required.add(new RequiredTopic(byKey, partitions, hopBytes, requests, false, Map.of()));
    }
    required.add(spread(topics.results(), partitions, RESULT_BYTES, Map.of()));
    Map<String, String> kept = kept(config.topics().deadLetterRetention());
    // a partition's desk is in the task of its requests
    required.add(
        new RequiredTopic(
            topics.deadLetters(), partitions, DEAD_LETTER_BYTES, requests, false, kept));
    // staged requests wait there until their replay begins or is given up
    required.add(
        new RequiredTopic(
            topics.deskOrders(),
            partitions,
            DEAD_LETTER_BYTES,
            topics.deadLetters(),
            false,
            kept(Duration.ofDays(7))));
    return required;
  }

  private static RequiredTopic spread(
      String name, int partitions, int leastMessageBytes, Map<String, String> kept) {
    return new RequiredTopic(name, partitions, leastMessageBytes, name, false, kept);
  }

  /** One partition: what is written there is in one order. */
  private static RequiredTopic alone(String name, Map<String, String> kept) {
    return new RequiredTopic(name, 1, BROKER_DEFAULT_BYTES, name, true, kept);
  }

  private static Map<String, String> kept(Duration retention) {
    return Map.of(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis()));
  }

  private static Map<String, String> cached(BackstopConfig config) {
    var settings = new HashMap<>(kept(config.cache().retention()));
    settings.put(
        TopicConfig.CLEANUP_POLICY_CONFIG,
        TopicConfig.CLEANUP_POLICY_COMPACT + "," + TopicConfig.CLEANUP_POLICY_DELETE);
    return Map.copyOf(settings);
  }

  /** Whether its last record of each key is kept for good. */
  boolean isCompacted() {
    return kept.getOrDefault(TopicConfig.CLEANUP_POLICY_CONFIG, "")
        .contains(TopicConfig.CLEANUP_POLICY_COMPACT);
  }

  /** Settings at creation: only what the broker's defaults would not give. */
  Map<String, String> settings() {
    var settings = new HashMap<>(kept);
    if (leastMessageBytes > BROKER_DEFAULT_BYTES) {
      settings.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(leastMessageBytes));
    }
    return settings;
  }
}
