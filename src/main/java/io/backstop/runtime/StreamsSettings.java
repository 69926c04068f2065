package io.backstop.runtime;

import io.backstop.config.KafkaConfig;
import io.backstop.deadletter.FailedProcessingHandler;
import io.backstop.deadletter.LetterRecords;
import io.backstop.deadletter.UndecodableRecordHandler;
import io.backstop.deadletter.UnsendableRecordHandler;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** Streams' own configuration, from ours. */
final class StreamsSettings {
  /** The wait for new records, so that completed calls are looked for as often as they may end. */
  private static final int POLL_MS = 2;

  /** Fewer, larger batches: each full one wakes the sender, and a commit waits for all of them. */
  private static final int BATCH_BYTES = 128 * 1024;

  /** Streams' own 100 ms would leave nearly all of a transaction to be sent while it commits. */
  private static final int LINGER_MS = 5;

  private static final int CACHE_BYTES = 32 * 1024 * 1024;

  /** Room for the largest dead letter. */
  static final int MAX_REQUEST_BYTES = 4 * 1024 * 1024;

  private StreamsSettings() {}

  static Map<String, Object> of(KafkaConfig kafka, LetterRecords letters, RocksMemory memory) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, kafka.applicationId());
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, kafka.streamThreads());
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, kafka.commitInterval().toMillis());
    settings.put(StreamsConfig.POLL_MS_CONFIG, POLL_MS);
    settings.put(StreamsConfig.STATE_DIR_CONFIG, kafka.stateDir());
    settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
    settings.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, kafka.groupProtocol());
    settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, kafka.replicationFactor());
    settings.put(
        StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
        UndecodableRecordHandler.class);
    settings.put(
        StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, FailedProcessingHandler.class);
    settings.put(
        StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, UnsendableRecordHandler.class);
    settings.put(LetterRecords.CONFIG_KEY, letters);
    settings.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), MAX_REQUEST_BYTES);
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES);
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), LINGER_MS);
    settings.put(
        StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
        Math.toIntExact(kafka.transactionTimeout().toMillis()));
    // a store holds a request with its key and headers, so a changelog's record is the larger one;
    // one that its topic refuses would fail the transaction again and again
    settings.put(
        StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG),
        Integer.toString(MAX_REQUEST_BYTES));
    // with streams these belong to the group on the brokers
    if (kafka.groupProtocol().equals("classic")) {
      settings.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, kafka.standbyReplicas());
      settings.put(
          ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
          Math.toIntExact(kafka.sessionTimeout().toMillis()));
      settings.put(
          ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
          Math.toIntExact(kafka.heartbeatInterval().toMillis()));
      kafka
          .groupInstanceId()
          .ifPresent(
              id ->
                  settings.put(
                      StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), id));
    }
    // a task has many input partitions with no order among them: it never waits for an empty one
    settings.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
    memory.addTo(settings);
    settings.putAll(kafka.properties());
    return settings;
  }
}
