package io.backstop.desk;

import io.backstop.action.DeadLetter;
import io.backstop.action.DeskLetter;
import io.backstop.action.DeskOrder;
import io.backstop.action.DeskReport;
import io.backstop.action.LetterGroup;
import io.backstop.action.LetterSummary;
import io.backstop.action.Lineage;
import io.backstop.action.OperationPlan;
import io.backstop.action.ReasonCode;
import io.backstop.action.Resubmission;
import io.backstop.action.Severity;
import io.backstop.action.StoreNames;
import io.backstop.metrics.ActionMetrics;
import io.backstop.serde.KafkaHeaders;
import io.backstop.serde.Registry;
import io.backstop.serde.StateSerde;
import io.backstop.serde.WireDecoder;
import io.backstop.serde.WireEncoder;
import io.backstop.testing.RocksInMemory;
import io.backstop.testing.TestConfig;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;

/** The desk alone on the test driver, with RocksDB stores. */
final class DeskScenario implements AutoCloseable {
  static final String TOPIC = "actions.dead-letters";
  static final String ORDERS = "actions.desk-orders";

  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final TestInputTopic<byte[], byte[]> topic;
  final WireEncoder<DeadLetter> encoder;
  final SchemaRegistryClient registryClient;
  final SimpleResubmitting resubmitting;
  final WireEncoder<DeskOrder> orderEncoder;
  final TestInputTopic<byte[], byte[]> orders;
  private final WireDecoder<DeadLetter> decoder;
  private final WireDecoder<DeskOrder> orderDecoder;
  private final TopologyTestDriver driver;
  private final Path stateDir;
  private final String[] settings;
  private final Instant start;
  private final StateSerde<DeskReport> reportSerde = StateSerde.ofTopicRecord(DeskReport.class);
  private final TestOutputTopic<byte[], byte[]> again;
  private final TestOutputTopic<byte[], DeskReport> reports;
  private final Map<String, DeskReport> told = new HashMap<>();

  /**
   * @param settings full configuration keys and values
   */
  DeskScenario(Path stateDir, String... settings) {
    this(stateDir, new MockSchemaRegistryClient(List.of(new AvroSchemaProvider())), settings);
  }

  DeskScenario(Path stateDir, SchemaRegistryClient registryClient, String... settings) {
    this(stateDir, Letters.START, registryClient, new SimpleResubmitting(), settings);
  }

  private DeskScenario(
      Path stateDir,
      Instant start,
      SchemaRegistryClient registryClient,
      SimpleResubmitting resubmitting,
      String... settings) {
    this.stateDir = stateDir;
    this.start = start;
    this.settings = settings;
    this.resubmitting = resubmitting;
    this.registryClient = registryClient;
    var registry =
        new Registry(
            TestConfig.with("backstop.registry.auto-register", "true").registry(), registryClient);
    encoder = new WireEncoder<>(registry, TOPIC, DeadLetter.class);
    decoder = new WireDecoder<>(DeadLetter.class, registry, Clock.systemUTC());
    decoder.warmUp(TOPIC + "-value").join();
    orderEncoder = new WireEncoder<>(registry, ORDERS, DeskOrder.class);
    orderDecoder = new WireDecoder<>(DeskOrder.class, registry, Clock.systemUTC());
    orderDecoder.warmUp(ORDERS + "-value").join();
    Topology topology = new Topology();
    topology.addSource("in", new ByteArrayDeserializer(), new ByteArrayDeserializer(), TOPIC);
    topology.addSource("orders", new ByteArrayDeserializer(), new ByteArrayDeserializer(), ORDERS);
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
            resubmitting,
            new DeskNode.Orders(ORDERS, orderDecoder, "again", "reports"),
            new ActionMetrics(meters)),
        "in",
        "orders");
    Serializer<Resubmission> asItIs = (name, record) -> record.value();
    topology.addSink("again", "actions.requests", new ByteArraySerializer(), asItIs, "desk");
    topology.addSink(
        "reports", "reports", new ByteArraySerializer(), reportSerde.serializer(), "desk");
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "desk");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    RocksInMemory.addTo(properties);
    driver = new TopologyTestDriver(topology, properties, start);
    again =
        driver.createOutputTopic(
            "actions.requests", new ByteArrayDeserializer(), new ByteArrayDeserializer());
    reports =
        driver.createOutputTopic(
            "reports", new ByteArrayDeserializer(), reportSerde.deserializer());
    orders = driver.createInputTopic(ORDERS, new ByteArraySerializer(), new ByteArraySerializer());
    topic = driver.createInputTopic(TOPIC, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Another owner of the task, {@code after} later. */
  DeskScenario restart(Duration after) {
    DeskScenario next =
        new DeskScenario(
            stateDir.resolveSibling(stateDir.getFileName() + "-next"),
            start.plus(after),
            registryClient,
            resubmitting,
            settings);
    driver
        .getAllStateStores()
        .keySet()
        .forEach(
            name -> {
              KeyValueStore<Object, Object> target = next.driver.getKeyValueStore(name);
              try (var all = driver.getKeyValueStore(name).all()) {
                all.forEachRemaining(entry -> target.put(entry.key, entry.value));
              }
            });
    next.told.putAll(told);
    close();
    return next;
  }

  void order(DeskOrder.Builder order) {
    orders.pipeInput(null, orderEncoder.encode(order.setAt(Letters.START).build()));
  }

  /** What was sent in since it was asked for the last time, with its lineage. */
  List<Lineage> again() {
    return again.readRecordsToList().stream()
        .map(record -> Lineage.of(KafkaHeaders.keep(record.headers())).orElseThrow())
        .toList();
  }

  /** All reports about an operation so far, added up. */
  DeskReport told(String operationId) {
    for (DeskReport report : reports.readValuesToList()) {
      told.merge(report.getOperationId(), report, DeskScenario::together);
    }
    return told.get(operationId);
  }

  private static DeskReport together(DeskReport one, DeskReport other) {
    Map<String, Long> passedOver = new HashMap<>(one.getPassedOver());
    other.getPassedOver().forEach((why, count) -> passedOver.merge(why, count, Long::sum));
    return DeskReport.newBuilder(other)
        .setSelected(one.getSelected() == null ? other.getSelected() : one.getSelected())
        .setReleased(one.getReleased() + other.getReleased())
        .setChanged(one.getChanged() + other.getChanged())
        .setPassedOver(passedOver)
        .setSucceeded(one.getSucceeded() + other.getSucceeded())
        .setFailedAgain(one.getFailedAgain() + other.getFailedAgain())
        .setSuppressed(one.getSuppressed() + other.getSuppressed())
        .build();
  }

  DeskLetter letter(String id) {
    return reader().find(id).orElseThrow();
  }

  <K, V> KeyValueStore<K, V> store(String name) {
    return driver.getKeyValueStore(name);
  }

  void read(DeadLetter letter) {
    topic.pipeInput(null, encoder.encode(letter));
  }

  void pass(Duration time) {
    driver.advanceWallClockTime(time);
  }

  /** So long that whatever takes its turn every 20 ms has had each of them. */
  void run(Duration time) {
    for (long passed = 0; passed < time.toMillis(); passed += 20) {
      pass(Duration.ofMillis(20));
    }
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

  double orders(String outcome) {
    var counter = meters.find("backstop.desk.orders").tag("outcome", outcome).counter();
    return counter == null ? 0 : counter.count();
  }

  @Override
  public void close() {
    driver.close();
    decoder.close();
    orderDecoder.close();
  }

  /** Has one letter worked on, and gives what was told of it. */
  DeskReport work(String operationId, OperationPlan.Builder plan, String id) {
    order(OperationOrders.selectIds(operationId, plan, id));
    pass(Duration.ofMillis(20));
    order(OperationOrders.release(operationId, 1));
    run(Duration.ofMillis(100));
    return told(operationId);
  }
}
