package io.backstop.desk;

import io.backstop.action.DeadLetter;
import io.backstop.action.DeskLetter;
import io.backstop.action.LetterGroup;
import io.backstop.action.LetterSummary;
import io.backstop.action.ReasonCode;
import io.backstop.action.Severity;
import io.backstop.action.StoreNames;
import io.backstop.metrics.ActionMetrics;
import io.backstop.serde.Registry;
import io.backstop.serde.WireDecoder;
import io.backstop.serde.WireEncoder;
import io.backstop.testing.TestConfig;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;

/** The desk alone on the test driver, with RocksDB stores. */
final class DeskScenario implements AutoCloseable {
  static final String TOPIC = "actions.dead-letters";

  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final TestInputTopic<byte[], byte[]> topic;
  final WireEncoder<DeadLetter> encoder;
  final SchemaRegistryClient registryClient;
  private final WireDecoder<DeadLetter> decoder;
  private final TopologyTestDriver driver;

  /**
   * @param settings full configuration keys and values
   */
  DeskScenario(Path stateDir, String... settings) {
    this(stateDir, new MockSchemaRegistryClient(List.of(new AvroSchemaProvider())), settings);
  }

  DeskScenario(Path stateDir, SchemaRegistryClient registryClient, String... settings) {
    this.registryClient = registryClient;
    var registry =
        new Registry(
            TestConfig.with("backstop.registry.auto-register", "true").registry(), registryClient);
    encoder = new WireEncoder<>(registry, TOPIC, DeadLetter.class);
    decoder = new WireDecoder<>(DeadLetter.class, registry, Clock.systemUTC());
    decoder.warmUp(TOPIC + "-value").join();
    Topology topology = new Topology();
    topology.addSource("in", new ByteArrayDeserializer(), new ByteArrayDeserializer(), TOPIC);
    topology.addProcessor(
        "desk",
        new DeskNode(
            decoder,
            TestConfig.with(settings).desk(),
            (failure, now) ->
                DeadLetter.newBuilder()
                    .setId("derived-" + failure.original().getOffset())
                    .setReason(failure.reason())
                    .setReasonCode(ReasonCode.UNDECODABLE)
                    .setFailureClass(failure.failureClass())
                    .setSeverity(Severity.MEDIUM)
                    .setOriginal(Letters.original("cut"))
                    .setOriginalValueSize(failure.original().getValue().remaining())
                    .setCreatedAt(Instant.ofEpochMilli(now))
                    .build(),
            (letter, plan, operationId, partition, now) -> {
              throw new AssertionError("nothing is replayed here");
            },
            new ActionMetrics(meters)),
        "in");
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "desk");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    driver = new TopologyTestDriver(topology, properties, Letters.START);
    topic = driver.createInputTopic(TOPIC, new ByteArraySerializer(), new ByteArraySerializer());
  }

  void read(DeadLetter letter) {
    topic.pipeInput(null, encoder.encode(letter));
  }

  void pass(Duration time) {
    driver.advanceWallClockTime(time);
  }

  DeskReader reader() {
    return new DeskReader(letters(), byTime(), groups());
  }

  KeyValueStore<String, DeskLetter> letters() {
    return driver.getKeyValueStore(StoreNames.LETTERS);
  }

  KeyValueStore<Bytes, LetterSummary> byTime() {
    return driver.getKeyValueStore(StoreNames.LETTERS_BY_TIME);
  }

  KeyValueStore<String, LetterGroup> groups() {
    return driver.getKeyValueStore(StoreNames.LETTER_GROUPS);
  }

  long position() {
    KeyValueStore<String, Long> store = driver.getKeyValueStore(StoreNames.DESK_POSITION);
    return DeskPosition.of(store);
  }

  static long count(KeyValueStore<?, ?> store) {
    long count = 0;
    try (var all = store.all()) {
      while (all.hasNext()) {
        all.next();
        count++;
      }
    }
    return count;
  }

  double counted(String outcome) {
    var counter = meters.find("backstop.desk.letters").tag("outcome", outcome).counter();
    return counter == null ? 0 : counter.count();
  }

  @Override
  public void close() {
    driver.close();
    decoder.close();
  }
}
