package io.backstop.client;

import io.backstop.config.BackstopConfig;
import io.backstop.config.StartupException;
import io.backstop.runtime.BrokerFailure;
import io.backstop.runtime.TopicAdmin;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the committed records of one topic, outside any consumer group. For one thread. */
public final class TopicReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  /** Takes the records as they are read. */
  public interface Sink {
    /** Whether to go on. */
    boolean accept(ConsumerRecord<byte[], byte[]> rec);
  }

  private final BackstopConfig config;
  private final Consumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;

  private TopicReader(
      BackstopConfig config, Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
    this.config = config;
    this.consumer = consumer;
    this.partitions = partitions;
  }

  /**
   * @throws StartupException when the broker does not answer or the topic is not there
   */
  public static TopicReader open(BackstopConfig config, String topic) {
    try (var admin = TopicAdmin.connect(config)) {
      admin.requireTopic(topic);
    }
    var bytes = new ByteArrayDeserializer();
    try {
      var consumer = new KafkaConsumer<>(settings(config), bytes, bytes);
      var partitions =
          consumer.partitionsFor(topic).stream()
              .map(each -> new TopicPartition(topic, each.partition()))
              .toList();
      consumer.assign(partitions);
      return new TopicReader(config, consumer, partitions);
    } catch (KafkaException e) {
      throw BrokerFailure.explain(e, config.kafka());
    }
  }

  private static Map<String, Object> settings(BackstopConfig config) {
    var settings = new HashMap<String, Object>(config.kafka().properties());
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, config.kafka().bootstrapServers());
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    int timeout = Math.toIntExact(config.kafka().startTimeout().toMillis());
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeout);
    return settings;
  }

  /** Reads up to where the topic ends now, and stands there afterwards for {@link #readOn}. */
  public void readToEnd(Start start, Sink sink) {
    try {
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      seek(start);
      readUpTo(ends, sink);
      ends.forEach(consumer::seek);
    } catch (KafkaException e) {
      throw BrokerFailure.explain(e, config.kafka());
    }
  }

  /**
   * Reads a part of the topic, of each partition from its first offset up to before its last one.
   *
   * @param from by partition; partitions that are not named are not read
   * @param to by partition, for the same partitions; not after where they end
   */
  public void readRange(Map<Integer, Long> from, Map<Integer, Long> to, Sink sink) {
    Map<TopicPartition, Long> ends = new HashMap<>();
    try {
      for (TopicPartition each : partitions) {
        long first = from.getOrDefault(each.partition(), 0L);
        ends.put(each, Math.max(first, to.getOrDefault(each.partition(), first)));
        consumer.seek(each, first);
      }
      readUpTo(ends, sink);
    } catch (KafkaException e) {
      throw BrokerFailure.explain(e, config.kafka());
    }
  }

  private void readUpTo(Map<TopicPartition, Long> ends, Sink sink) {
    try {
      long progressAt = System.nanoTime();
      while (!reached(ends)) {
        for (ConsumerRecord<byte[], byte[]> rec : consumer.poll(POLL)) {
          progressAt = System.nanoTime();
          boolean inside = rec.offset() < ends.get(partitionOf(rec));
          if (inside && !sink.accept(rec)) {
            return;
          }
        }
        requireProgress(Duration.ofNanos(System.nanoTime() - progressAt));
      }
    } finally {
      consumer.resume(partitions);
    }
  }

  /** Offset of the oldest record of each partition. */
  public Map<Integer, Long> beginnings() {
    return offsets(() -> consumer.beginningOffsets(partitions));
  }

  /** Offset after the last committed record of each partition. */
  public Map<Integer, Long> ends() {
    return offsets(() -> consumer.endOffsets(partitions));
  }

  /** Of each partition the offset before which all records are older; its end where all are. */
  public Map<Integer, Long> firstSince(Instant instant) {
    return offsets(
        () -> {
          Map<TopicPartition, Long> times = new HashMap<>();
          partitions.forEach(partition -> times.put(partition, instant.toEpochMilli()));
          Map<TopicPartition, Long> first = new HashMap<>(consumer.endOffsets(partitions));
          consumer
              .offsetsForTimes(times)
              .forEach(
                  (partition, found) -> {
                    if (found != null) {
                      first.put(partition, found.offset());
                    }
                  });
          return first;
        });
  }

  private Map<Integer, Long> offsets(Supplier<Map<TopicPartition, Long>> question) {
    try {
      Map<Integer, Long> offsets = new TreeMap<>();
      question.get().forEach((partition, offset) -> offsets.put(partition.partition(), offset));
      return offsets;
    } catch (KafkaException e) {
      throw BrokerFailure.explain(e, config.kafka());
    }
  }

  /** Reads on until the sink has enough. */
  public void follow(Start start, Sink sink) {
    follow(start, sink, () -> true);
  }

  /**
   * Reads on until the sink has enough.
   *
   * @param goOn asked several times a second, also while nothing comes
   */
  public void follow(Start start, Sink sink, BooleanSupplier goOn) {
    startAt(start);
    readOn(sink, goOn);
  }

  /** Goes to where reading is to start; what is written after this call is not missed. */
  public void startAt(Start start) {
    try {
      seek(start);
    } catch (KafkaException e) {
      throw BrokerFailure.explain(e, config.kafka());
    }
  }

  /**
   * Reads on from where this stands until the sink has enough.
   *
   * @param goOn asked before each batch and several times a second, also while nothing comes
   */
  public void readOn(Sink sink, BooleanSupplier goOn) {
    try {
      while (goOn.getAsBoolean()) {
        for (ConsumerRecord<byte[], byte[]> rec : consumer.poll(POLL)) {
          if (!sink.accept(rec)) {
            return;
          }
        }
      }
    } catch (KafkaException e) {
      throw BrokerFailure.explain(e, config.kafka());
    }
  }

  private void seek(Start start) {
    if (start instanceof Start.Beginning) {
      consumer.seekToBeginning(partitions);
    } else if (start instanceof Start.Since since) {
      var times = new HashMap<TopicPartition, Long>();
      partitions.forEach(partition -> times.put(partition, since.instant().toEpochMilli()));
      consumer.seekToEnd(partitions);
      consumer
          .offsetsForTimes(times)
          .forEach(
              (partition, found) -> {
                if (found != null) {
                  consumer.seek(partition, found.offset());
                }
              });
    } else {
      consumer.seekToEnd(partitions);
    }
    // settles the positions now, so that nothing written after this call is missed
    partitions.forEach(consumer::position);
  }

  /** Pauses partitions that are read, so that a busy one does not hold up the others. */
  private boolean reached(Map<TopicPartition, Long> ends) {
    boolean all = true;
    for (TopicPartition partition : partitions) {
      if (consumer.position(partition) >= ends.get(partition)) {
        consumer.pause(Set.of(partition));
      } else {
        all = false;
      }
    }
    return all;
  }

  private void requireProgress(Duration silence) {
    if (silence.compareTo(config.kafka().startTimeout()) > 0) {
      throw new StartupException(
          "the Kafka broker at %s stopped answering: nothing came for %d s"
              .formatted(config.kafka().bootstrapServers(), silence.toSeconds()));
    }
  }

  private static TopicPartition partitionOf(ConsumerRecord<?, ?> rec) {
    return new TopicPartition(rec.topic(), rec.partition());
  }

  @Override
  public void close() {
    consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ZERO));
  }
}
