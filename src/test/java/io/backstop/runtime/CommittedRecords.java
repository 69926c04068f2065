package io.backstop.runtime;

import io.backstop.config.BackstopConfig;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What stands on topics now, without what was rolled back. */
record CommittedRecords(BackstopConfig config) {
  private static final Duration POLL = Duration.ofMillis(100);

  List<ConsumerRecord<byte[], byte[]>> of(String topic) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            config.kafka().bootstrapServers(),
            "isolation.level",
            "read_committed");
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(each -> new TopicPartition(topic, each.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(POLL).forEach(records::add);
      }
      return records;
    }
  }

  /** How many entries a store has, as the next owner of its tasks would find it. */
  int entriesOf(String store) {
    Set<ByteBuffer> keys = new HashSet<>();
    String changelog = config.kafka().applicationId() + "-" + store + "-changelog";
    for (ConsumerRecord<byte[], byte[]> change : of(changelog)) {
      ByteBuffer key = ByteBuffer.wrap(change.key());
      if (change.value() == null) {
        keys.remove(key);
      } else {
        keys.add(key);
      }
    }
    return keys.size();
  }
}
