package io.backstop.cache;

import static io.backstop.cache.Samples.cached;
import static io.backstop.cache.Samples.policy;
import static io.backstop.cache.Samples.work;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.backstop.action.CachedResult;
import io.backstop.serde.StateSerde;
import io.backstop.testing.BrokerExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Instances over a real broker: what Streams restores, from the topic and from the disk. */
class CachedResultsIT {
  @RegisterExtension static final BrokerExtension BROKER = new BrokerExtension();

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path stateDir;
  private final StateSerde<CachedResult> serde = StateSerde.ofTopicRecord(CachedResult.class);
  private final long now = System.currentTimeMillis();
  private final String topic = "cached-results-" + System.nanoTime();
  private KafkaProducer<String, CachedResult> producer;

  @BeforeEach
  void create() throws Exception {
    Map<String, Object> broker = Map.of("bootstrap.servers", BROKER.bootstrapServers());
    try (var admin = Admin.create(broker)) {
      var compacted = Map.of("cleanup.policy", "compact,delete");
      var created = new NewTopic(topic, 1, (short) 1).configs(compacted);
      admin.createTopics(List.of(created)).all().get();
    }
    producer = new KafkaProducer<>(broker, new StringSerializer(), serde.serializer());
  }

  @AfterEach
  void close() {
    producer.close();
  }

  @Test
  void shouldHoldTheSameInEveryInstanceAndAfterARestart() throws Exception {
    publish("acme:ask =void", now);
    publish("*", now + 1);
    publish("acme:ask =a", now + 2);
    publish("acme:ask =b", now + 3);

    try (var one = new Instance("one");
        var two = new Instance("two")) {
      one.awaitEntries(2);
      two.awaitEntries(2);
      assertThat(one.restored).hasValue(4);
      publish("acme:ask =c", now + 4);
      one.awaitEntries(3);
      two.awaitEntries(3);
      assertThat(one.results.held()).isEqualTo(two.results.held());
    }
    producer.send(new ProducerRecord<>(topic, "acme:ask =a", null)).get();

    try (var again = new Instance("one");
        var fresh = new Instance("three")) {
      again.awaitEntries(2);
      fresh.awaitEntries(2);

      assertThat(again.restored).hasValueLessThanOrEqualTo(1);
      assertThat(fresh.restored).hasValue(6);
      assertThat(again.results.held()).isEqualTo(fresh.results.held());
      assertThat(again.finds("b")).isTrue();
      assertThat(again.finds("a")).isFalse();
      assertThat(fresh.finds("void")).isFalse();
    }
  }

  private void publish(String key, long storedAt) throws Exception {
    producer.send(new ProducerRecord<>(topic, key, cached("acme:ask", "{}", storedAt))).get();
  }

  private final class Instance implements AutoCloseable, StateRestoreListener {
    private final CachedResults results = Samples.results();
    private final AtomicLong restored = new AtomicLong();
    private final KafkaStreams streams;

    private Instance(String name) {
      var topology = new Topology();
      topology.addGlobalStore(
          CachedResultsUpdate.store(),
          "cached-results-source",
          new StringDeserializer(),
          serde.deserializer(),
          topic,
          "cached-results-update",
          CachedResultsUpdate.supplier(results));
      streams = new KafkaStreams(topology, settings(name));
      streams.setGlobalStateRestoreListener(this);
      streams.start();
    }

    private Properties settings(String name) {
      var settings = new Properties();
      settings.put(StreamsConfig.APPLICATION_ID_CONFIG, topic);
      settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, BROKER.bootstrapServers());
      settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.resolve(name).toString());
      settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
      return settings;
    }

    private void awaitEntries(int entries) {
      await().atMost(PATIENCE).until(() -> results.held().entries() == entries);
    }

    private boolean finds(String key) {
      return results.find(work("acme:ask", "q", policy(key, null)), now + 10).isPresent();
    }

    @Override
    public void onRestoreStart(TopicPartition partition, String store, long from, long to) {}

    @Override
    public void onBatchRestored(TopicPartition partition, String store, long end, long count) {
      restored.addAndGet(count);
    }

    @Override
    public void onRestoreEnd(TopicPartition partition, String store, long total) {}

    @Override
    public void close() {
      streams.close(PATIENCE);
    }
  }
}
