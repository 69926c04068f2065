package io.backstop.bench;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Writes one output record for each input record and commits both together, at the interval that
 * Backstop commits at. For one thread.
 */
final class TransactionalOutput implements AutoCloseable {
  private static final long COMMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final String topic;
  private final Consumer<byte[], byte[]> consumer;
  private final Producer<byte[], byte[]> producer;
  private final Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
  private long commitAt;

  /**
   * @param consumer that the input comes from
   */
  TransactionalOutput(
      BenchCluster cluster, String topic, String id, Consumer<byte[], byte[]> consumer) {
    this.topic = topic;
    this.consumer = consumer;
    this.producer = Clients.transactionalProducer(cluster, id);
    producer.initTransactions();
    producer.beginTransaction();
    commitAt = System.nanoTime() + COMMIT_NANOS;
  }

  /** Writes what came of {@code input}; those of one partition must come in order. */
  void write(ConsumerRecord<byte[], byte[]> input, byte[] value) {
    producer.send(new ProducerRecord<>(topic, input.partition(), input.key(), value));
    done.put(
        new TopicPartition(input.topic(), input.partition()),
        new OffsetAndMetadata(input.offset() + 1));
  }

  void commitIfDue() {
    if (System.nanoTime() < commitAt) {
      return;
    }
    if (!done.isEmpty()) {
      producer.sendOffsetsToTransaction(done, consumer.groupMetadata());
      producer.commitTransaction();
      producer.beginTransaction();
      done.clear();
    }
    commitAt = System.nanoTime() + COMMIT_NANOS;
  }

  @Override
  public void close() {
    producer.abortTransaction();
    producer.close();
  }
}
