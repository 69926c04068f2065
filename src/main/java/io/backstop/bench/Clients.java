package io.backstop.bench;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Clients for bytes, set as the processor sets its own where that differs from Kafka's defaults.
 */
final class Clients {
  private static final int STREAMS_MAX_POLL_RECORDS = 1_000;
  private static final int PROCESSOR_LINGER_MS = 5;
  private static final int PROCESSOR_BATCH_BYTES = 128 * 1024;

  private Clients() {}

  /** Reads committed records, from the beginning where nothing else is said. */
  static Consumer<byte[], byte[]> consumer(BenchCluster cluster, String group) {
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            cluster.bootstrapServers(),
            ConsumerConfig.GROUP_ID_CONFIG,
            group,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest",
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            STREAMS_MAX_POLL_RECORDS),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  static Producer<byte[], byte[]> transactionalProducer(BenchCluster cluster, String id) {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, cluster.bootstrapServers(),
            ProducerConfig.TRANSACTIONAL_ID_CONFIG, id,
            ProducerConfig.LINGER_MS_CONFIG, PROCESSOR_LINGER_MS,
            ProducerConfig.BATCH_SIZE_CONFIG, PROCESSOR_BATCH_BYTES),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  /** For what is sent before or at a pace: each record at once. */
  static Producer<byte[], byte[]> producer(BenchCluster cluster) {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            cluster.bootstrapServers(),
            ProducerConfig.LINGER_MS_CONFIG,
            0),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  static List<TopicPartition> partitions(Consumer<?, ?> consumer, String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(each -> new TopicPartition(topic, each.partition()))
        .toList();
  }
}
