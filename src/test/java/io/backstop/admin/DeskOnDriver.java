package io.backstop.admin;

import io.backstop.action.DeadLetter;
import io.backstop.action.DeskOrder;
import io.backstop.desk.DeskNode;
import io.backstop.metrics.ActionMetrics;
import io.backstop.runtime.Stores;
import io.backstop.serde.Registry;
import io.backstop.serde.WireDecoder;
import io.backstop.serde.WireEncoder;
import io.backstop.testing.RocksInMemory;
import io.backstop.testing.TestConfig;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** One task of the desk on the test driver. */
final class DeskOnDriver implements Stores.Part, AutoCloseable {
  private static final String TOPIC = "actions.dead-letters";

  private final WireEncoder<DeadLetter> encoder;
  private final WireDecoder<DeadLetter> decoder;
  private final WireDecoder<DeskOrder> orders;
  private final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> topic;

  DeskOnDriver(Path stateDir) {
    var registry =
        new Registry(
            TestConfig.with("backstop.registry.auto-register", "true").registry(),
            new MockSchemaRegistryClient(List.of(new AvroSchemaProvider())));
    encoder = new WireEncoder<>(registry, TOPIC, DeadLetter.class);
    decoder = new WireDecoder<>(DeadLetter.class, registry, Clock.systemUTC());
    decoder.warmUp(TOPIC + "-value").join();
    orders = new WireDecoder<>(DeskOrder.class, registry, Clock.systemUTC());
    DeskNode desk =
        new DeskNode(
            decoder,
            TestConfig.with().desk(),
            (failure, now) -> {
              throw new AssertionError(failure.reason());
            },
            (letter, plan, operationId, partition, now) -> {
              throw new AssertionError("nothing is replayed here");
            },
            new DeskNode.Orders("actions.desk-orders", orders, "none", "none"),
            new ActionMetrics(new SimpleMeterRegistry()));
    Topology topology = new Topology();
    topology.addSource("in", new ByteArrayDeserializer(), new ByteArrayDeserializer(), TOPIC);
    topology.addProcessor("desk", desk, "in");
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "desk");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    RocksInMemory.addTo(properties);
    driver = new TopologyTestDriver(topology, properties, SampleLetters.START.plusSeconds(86_400));
    topic = driver.createInputTopic(TOPIC, new ByteArraySerializer(), new ByteArraySerializer());
  }

  void read(DeadLetter letter) {
    topic.pipeInput(null, encoder.encode(letter));
  }

  @Override
  public <K, V> ReadOnlyKeyValueStore<K, V> store(String name) {
    KeyValueStore<K, V> store = driver.getKeyValueStore(name);
    return store;
  }

  @Override
  public void close() {
    driver.close();
    decoder.close();
    orders.close();
  }
}
