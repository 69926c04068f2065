package io.backstop.devcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backstop.config.StartupException;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The development cluster is a real one: transactions, the streams group protocol, restarts. */
class EmbeddedKafkaIT {
  private static final String TOPIC = "letters";

  @TempDir private Path temp;

  @Test
  void shouldShowOnlyCommittedRecordsOfATransaction() throws Exception {
    try (var cluster = DevCluster.start(DevClusterOptions.ephemeral())) {
      createTopic(cluster, TOPIC);

      try (var producer = producer(cluster, "writer")) {
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(TOPIC, "aborted"));
        producer.abortTransaction();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(TOPIC, "committed"));
        producer.commitTransaction();
      }

      assertThat(read(cluster, 1)).containsExactly("committed");
    }
  }

  @Test
  void shouldRunAStreamsApplicationUnderTheStreamsGroupProtocol() throws Exception {
    try (var cluster = DevCluster.start(DevClusterOptions.ephemeral())) {
      createTopic(cluster, "in");
      createTopic(cluster, TOPIC);
      var builder = new StreamsBuilder();
      builder.<String, String>stream("in").mapValues(value -> value + "!").to(TOPIC);

      try (var streams = new KafkaStreams(builder.build(), streamsSettings(cluster));
          var producer = producer(cluster, "writer")) {
        streams.start();
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>("in", "a"));
        producer.commitTransaction();

        assertThat(read(cluster, 1)).containsExactly("a!");
        assertThat(groupTypes(cluster)).containsEntry("shouter", "Streams");
      }
    }
  }

  @Test
  void shouldKeepRecordsAndSchemasOverARestart() throws Exception {
    var options = new DevClusterOptions(0, 0, Optional.of(temp.resolve("data")));
    int id;
    try (var cluster = DevCluster.start(options)) {
      createTopic(cluster, TOPIC);
      send(cluster, "before");
      id = registry(cluster).register("letters-value", new AvroSchema("\"string\""));
    }

    try (var cluster = DevCluster.start(options)) {
      send(cluster, "after");

      assertThat(read(cluster, 2)).containsExactly("before", "after");
      assertThat(registry(cluster).getSchemaById(id).canonicalString()).isEqualTo("\"string\"");
    }
  }

  @Test
  void shouldRunTwoClustersSideBySide() throws Exception {
    try (var first = DevCluster.start(DevClusterOptions.ephemeral());
        var second = DevCluster.start(DevClusterOptions.ephemeral())) {
      createTopic(first, TOPIC);
      createTopic(second, TOPIC);
      send(first, "one");
      send(second, "two");

      assertThat(read(first, 1)).containsExactly("one");
      assertThat(read(second, 1)).containsExactly("two");
    }
  }

  @Test
  void shouldNameThePortAndTheFlagWhenThePortIsInUse() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      int port = taken.getLocalPort();

      assertThatThrownBy(() -> DevCluster.start(new DevClusterOptions(port, 0, Optional.empty())))
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("port " + port)
          .hasMessageContaining("--port");
      assertThatThrownBy(() -> DevCluster.start(new DevClusterOptions(0, port, Optional.empty())))
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("port " + port)
          .hasMessageContaining("--registry-port");
    }
  }

  @Test
  void shouldSayInOneLineThatTheBrokersDirectoryIsDamaged() throws Exception {
    var directory = temp.resolve("broker");
    EmbeddedKafka.start(0, directory).close();
    Files.writeString(directory.resolve("meta.properties"), "version=nine");

    assertThatThrownBy(() -> EmbeddedKafka.start(0, directory))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(directory.toString());
  }

  @Test
  void shouldRecoverWhatACrashedRunLeft() throws Exception {
    var crashed = temp.resolve("crashed");
    try (var cluster =
        DevCluster.start(new DevClusterOptions(0, 0, Optional.of(temp.resolve("data"))))) {
      createTopic(cluster, TOPIC);
      send(cluster, "before");
      copy(temp.resolve("data"), crashed);
    }

    try (var cluster = DevCluster.start(new DevClusterOptions(0, 0, Optional.of(crashed)))) {
      send(cluster, "after");

      assertThat(read(cluster, 2)).containsExactly("before", "after");
    }
  }

  @Test
  void shouldLeaveNothingBehindOfATemporaryCluster() throws Exception {
    var data = DataDirectory.open(Optional.empty());
    var broker = data.broker();
    EmbeddedKafka.start(0, broker).close();

    data.close();

    assertThat(Files.exists(broker.getParent())).isFalse();
  }

  /** A copy of the files of a running broker is what a crash would leave. */
  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (var file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static void createTopic(DevCluster cluster, String topic) throws Exception {
    try (var admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
    }
  }

  private static Map<String, String> groupTypes(DevCluster cluster) throws Exception {
    try (var admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
      return admin.listGroups().all().get().stream()
          .collect(
              Collectors.toMap(
                  group -> group.groupId(), group -> group.type().orElseThrow().toString()));
    }
  }

  private static void send(DevCluster cluster, String value) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", cluster.bootstrapServers()),
            new StringSerializer(),
            new StringSerializer())) {
      producer.send(new ProducerRecord<>(TOPIC, value)).get();
    }
  }

  private static KafkaProducer<String, String> producer(DevCluster cluster, String id) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", cluster.bootstrapServers(), "transactional.id", id),
        new StringSerializer(),
        new StringSerializer());
  }

  private static List<String> read(DevCluster cluster, int count) {
    var partition = new TopicPartition(TOPIC, 0);
    var values = new ArrayList<String>();
    try (var consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                cluster.bootstrapServers(),
                "isolation.level",
                "read_committed"),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
                return values.size() >= count;
              });
    }
    return values;
  }

  private static CachedSchemaRegistryClient registry(DevCluster cluster) {
    return new CachedSchemaRegistryClient(cluster.registryUrl(), 10);
  }

  private Properties streamsSettings(DevCluster cluster) {
    var settings = new Properties();
    settings.put("application.id", "shouter");
    settings.put("bootstrap.servers", cluster.bootstrapServers());
    settings.put("group.protocol", "streams");
    settings.put("processing.guarantee", "exactly_once_v2");
    settings.put("state.dir", temp.resolve("state").toString());
    settings.put("default.key.serde", Serdes.StringSerde.class);
    settings.put("default.value.serde", Serdes.StringSerde.class);
    return settings;
  }
}
