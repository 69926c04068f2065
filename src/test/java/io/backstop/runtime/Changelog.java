package io.backstop.runtime;

import io.backstop.config.BackstopConfig;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What a store holds, as the next owner of its tasks would find it.
 *
 * @param store its name
 */
record Changelog(BackstopConfig config, String store) {
  private static final Duration POLL = Duration.ofMillis(100);

  /** How many keys have a value that is committed. */
  int keysLeft() {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            config.kafka().bootstrapServers(),
            "isolation.level",
            "read_committed");
    String topic = config.kafka().applicationId() + "-" + store + "-changelog";
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(each -> new TopicPartition(topic, each.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      Set<ByteBuffer> keys = new HashSet<>();
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(POLL).forEach(record -> apply(record, keys));
      }
      return keys.size();
    }
  }

  private static void apply(ConsumerRecord<byte[], byte[]> record, Set<ByteBuffer> keys) {
    ByteBuffer key = ByteBuffer.wrap(record.key());
    if (record.value() == null) {
      keys.remove(key);
    } else {
      keys.add(key);
    }
  }
}
