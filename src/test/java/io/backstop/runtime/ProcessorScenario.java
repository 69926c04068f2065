package io.backstop.runtime;

import static org.awaitility.Awaitility.await;

import io.backstop.action.ActionRequest;
import io.backstop.action.ActionResult;
import io.backstop.action.DeadLetter;
import io.backstop.action.TaskPayload;
import io.backstop.config.BackstopConfig;
import io.backstop.executor.Targets;
import io.backstop.serde.Registry;
import io.backstop.serde.WireEncoder;
import io.backstop.testing.BrokerExtension;
import io.backstop.testing.TestConfig;
import io.backstop.topology.Topics;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Topics of a test's own on the shared broker, a producer to them, and what came out so far. */
final class ProcessorScenario implements AutoCloseable {
  static final int PARTITIONS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** Header of what the test itself writes to the topics of outcomes. */
  static final String NO_OUTCOME = "no-outcome";

  final Topics topics;
  final List<ConsumerRecord<byte[], ActionResult>> resultRecords = new ArrayList<>();
  final List<ConsumerRecord<byte[], DeadLetter>> letterRecords = new ArrayList<>();
  final WireEncoder<ActionRequest> encoder;
  final KafkaProducer<byte[], byte[]> producer;
  private final String[] settings;
  private final BackstopConfig config;
  private final Registry registry;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final KafkaAvroDeserializer deserializer;

  ProcessorScenario(BrokerExtension broker, Path stateDir, String... further) {
    this(broker.bootstrapServers(), broker.registryUrl(), stateDir, further);
  }

  ProcessorScenario(String bootstrapServers, String registryUrl, Path stateDir, String... further) {
    String name = "it-" + System.nanoTime();
    topics = new Topics(name + ".");
    settings =
        Stream.concat(
                Stream.of(
                    "backstop.kafka.bootstrap-servers",
                    bootstrapServers,
                    "backstop.kafka.application-id",
                    name,
                    "backstop.kafka.state-dir",
                    stateDir.toString(),
                    "backstop.registry.url",
                    registryUrl,
                    "backstop.registry.auto-register",
                    "true",
                    "backstop.topics.auto-create",
                    "true",
                    "backstop.topics.prefix",
                    topics.prefix(),
                    "backstop.topics.partitions",
                    Integer.toString(PARTITIONS)),
                Stream.of(further))
            .toArray(String[]::new);
    config = TestConfig.with(settings);
    try (var admin = TopicAdmin.connect(config)) {
      admin.create(Targets.of(List.of()));
    }
    registry = new Registry(config.registry());
    encoder = new WireEncoder<>(registry, topics.requests(), ActionRequest.class);
    Map<String, Object> brokers = Map.of("bootstrap.servers", bootstrapServers);
    var bytes = new ByteArraySerializer();
    var limits = Map.<String, Object>of("max.request.size", 4_194_304, "linger.ms", 5);
    producer = new KafkaProducer<>(merged(brokers, limits), bytes, bytes);
    consumer =
        new KafkaConsumer<>(
            merged(brokers, Map.of("isolation.level", "read_committed")),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    var outputs = new ArrayList<TopicPartition>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      outputs.add(new TopicPartition(topics.results(), partition));
      outputs.add(new TopicPartition(topics.deadLetters(), partition));
    }
    consumer.assign(outputs);
    consumer.seekToBeginning(outputs);
    deserializer = new KafkaAvroDeserializer(registry.client());
    deserializer.configure(registry.deserializerProperties(), false);
  }

  /** Encodes records of another type for a topic of the scenario. */
  <T extends SpecificRecord> WireEncoder<T> encoder(String topic, Class<T> type) {
    return new WireEncoder<>(registry, topic, type);
  }

  static ActionRequest request(String id) {
    return ActionRequest.newBuilder()
        .setRequestId(id)
        .setAction(TestTarget.NAME)
        .setPayload(TaskPayload.newBuilder().setTitle("Title of " + id).setContainer("db").build())
        .build();
  }

  /** The settings, with some changed. */
  String[] settings(String... changes) {
    return Stream.of(settings, changes).flatMap(Stream::of).toArray(String[]::new);
  }

  ActionProcessor start(TestTarget target, String... changes) {
    return ActionProcessor.start(
        TestConfig.with(settings(changes)), TestOutside.of(target), Clock.systemUTC());
  }

  /** Publishes {@code prefix-0} to {@code prefix-<count - 1>}. */
  void publish(String prefix, int count) {
    for (int i = 0; i < count; i++) {
      publish(request(prefix + "-" + i));
    }
    producer.flush();
  }

  void publish(ActionRequest request) {
    publish(utf8(request.getRequestId()), encoder.encode(request));
  }

  void publish(byte[] key, byte[] value) {
    producer.send(new ProducerRecord<>(topics.requests(), key, value));
  }

  /** Reads on until this many results and dead letters have come out altogether. */
  void awaitOutcomes(int count) {
    awaitOutcomes(count, PATIENCE);
  }

  void awaitOutcomes(int count, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    while (resultRecords.size() + letterRecords.size() < count) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "%d results and %d dead letters, not %d, within %s"
                .formatted(resultRecords.size(), letterRecords.size(), count, patience));
      }
      read(Duration.ofMillis(200));
    }
  }

  /** Reads what comes out within a moment, to show that there is no more. */
  void readOn() {
    read(Duration.ofMillis(700));
  }

  List<ActionResult> results() {
    return resultRecords.stream().map(ConsumerRecord::value).toList();
  }

  List<DeadLetter> letters() {
    return letterRecords.stream().map(ConsumerRecord::value).toList();
  }

  /** Reads on until the result of a request has come out. */
  ActionResult awaitResult(String requestId) {
    return awaitOne(
        "the result of " + requestId,
        () -> results().stream().filter(each -> each.getRequestId().equals(requestId)));
  }

  /** Reads on until the dead letter of a request has come out. */
  DeadLetter awaitLetter(String requestId) {
    return awaitOne(
        "the dead letter of " + requestId,
        () ->
            letters().stream()
                .filter(each -> each.getRequest() != null)
                .filter(each -> each.getRequest().getRequestId().equals(requestId)));
  }

  private <T> T awaitOne(String what, Supplier<Stream<T>> found) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    Optional<T> one = found.get().findFirst();
    while (one.isEmpty()) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "no sign of %s; results %s; dead letters %s".formatted(what, results(), letters()));
      }
      read(Duration.ofMillis(100));
      one = found.get().findFirst();
    }
    return one.get();
  }

  /** Waits until the group has committed the end of the request topic. */
  void awaitAllAdmitted(Duration patience) throws Exception {
    try (var admin = Admin.create(Map.of("bootstrap.servers", config.kafka().bootstrapServers()))) {
      var inputs = new ArrayList<TopicPartition>();
      for (int partition = 0; partition < PARTITIONS; partition++) {
        inputs.add(new TopicPartition(topics.requests(), partition));
      }
      var latest = new HashMap<TopicPartition, OffsetSpec>();
      inputs.forEach(input -> latest.put(input, OffsetSpec.latest()));
      var wanted = admin.listOffsets(latest).all().get();
      await()
          .atMost(patience)
          .pollInterval(200, TimeUnit.MILLISECONDS)
          .until(
              () -> {
                var committed =
                    admin
                        .listConsumerGroupOffsets(config.kafka().applicationId())
                        .partitionsToOffsetAndMetadata()
                        .get();
                return inputs.stream()
                    .allMatch(
                        input ->
                            wanted.get(input).offset() == 0
                                || committed.get(input) != null
                                    && committed.get(input).offset() >= wanted.get(input).offset());
              });
    }
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void read(Duration patience) {
    for (ConsumerRecord<byte[], byte[]> rec : consumer.poll(patience)) {
      if (rec.headers().lastHeader(NO_OUTCOME) != null) {
        continue;
      }
      Object value = deserializer.deserialize(rec.topic(), rec.value());
      if (value instanceof ActionResult result) {
        resultRecords.add(with(rec, result));
      } else {
        letterRecords.add(with(rec, (DeadLetter) value));
      }
    }
  }

  private static <T> ConsumerRecord<byte[], T> with(ConsumerRecord<byte[], byte[]> rec, T value) {
    return new ConsumerRecord<>(
        rec.topic(),
        rec.partition(),
        rec.offset(),
        rec.timestamp(),
        rec.timestampType(),
        rec.serializedKeySize(),
        rec.serializedValueSize(),
        rec.key(),
        value,
        rec.headers(),
        rec.leaderEpoch());
  }

  private static Map<String, Object> merged(Map<String, Object> one, Map<String, Object> other) {
    var all = new HashMap<>(one);
    all.putAll(other);
    return all;
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
    consumer.close();
    deserializer.close();
    try {
      registry.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
