package io.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.backstop.action.ActionResult;
import io.backstop.action.ResultStatus;
import io.backstop.serde.Registry;
import io.backstop.serde.WireEncoder;
import io.backstop.testing.BrokerExtension;
import io.backstop.testing.TestConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ReadingIT {
  @RegisterExtension static final BrokerExtension BROKER = new BrokerExtension();
  private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

  @TempDir private Path directory;
  private String prefix;

  @BeforeEach
  void createTopics() {
    prefix = "reading-" + System.nanoTime() + ".";
    assertThat(run("topics", "create").exitCode()).isEqualTo(ExitCode.OK);
  }

  private CommandRun run(String... args) {
    String yaml =
        """
        backstop:
          kafka: {bootstrap-servers: "%s"}
          registry: {url: "%s", auto-register: true}
          topics: {prefix: "%s", partitions: 3}
        """
            .formatted(BROKER.bootstrapServers(), BROKER.registryUrl(), prefix);
    return CommandRun.with(directory, yaml, args);
  }

  private KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
    var settings = new java.util.HashMap<String, Object>(more);
    settings.put("bootstrap.servers", BROKER.bootstrapServers());
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private <T extends SpecificRecord> byte[] encoded(String topic, Class<T> type, T value)
      throws IOException {
    var config =
        TestConfig.with(
            "backstop.registry.url",
            BROKER.registryUrl(),
            "backstop.registry.auto-register",
            "true");
    try (var registry = new Registry(config.registry())) {
      return new WireEncoder<>(registry, topic, type).encode(value);
    }
  }

  private void writeResults(int from, int count) throws IOException {
    String topic = prefix + "results";
    try (var producer = producer(Map.of())) {
      for (int number = from; number < from + count; number++) {
        byte[] value = encoded(topic, ActionResult.class, result(number));
        producer.send(new ProducerRecord<>(topic, null, value));
      }
    }
  }

  private static ActionResult result(int number) {
    return ActionResult.newBuilder()
        .setRequestId("r-" + number)
        .setIdempotencyKey("k-" + number)
        .setStatus(ResultStatus.SUCCEEDED)
        .setPrimaryAction("notion:createPage")
        .setReceivedAt(START)
        .setCompletedAt(START.plusSeconds(number))
        .build();
  }

  @Test
  void shouldPrintEveryResultAsReadableJson() throws IOException {
    writeResults(1, 20);

    var run = run("results", "--json");

    assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(run.outLines()).hasSize(20);
    var first = new ObjectMapper().readTree(run.outLines().get(0));
    assertThat(first.get("status").asText()).isEqualTo("SUCCEEDED");
    assertThat(first.get("receivedAt").asText()).isEqualTo("2026-11-22T12:00:00Z");
    assertThat(first.get("executedBy").isNull()).isTrue();
  }

  @Test
  void shouldPrintTheNewestResultsAsATable() throws IOException {
    writeResults(1, 20);

    var run = run("results", "--limit", "2");

    assertThat(run.outLines()).hasSize(3);
    assertThat(run.outLines().get(0)).startsWith("COMPLETED").contains("REQUEST", "STATUS");
    assertThat(run.outLines().get(1)).contains("r-19 ", "notion:createPage", "SUCCEEDED");
    assertThat(run.outLines().get(2)).contains("r-20 ");
  }

  @Test
  void shouldFollowUntilItHasEnough() throws Exception {
    writeResults(1, 3);

    var following =
        CompletableFuture.supplyAsync(
            () -> run("results", "--follow", "--from-beginning", "--json", "--limit", "5"));
    writeResults(4, 2);

    assertThat(following.get(30, TimeUnit.SECONDS).outLines()).hasSize(5);
  }

  @Test
  void shouldStartAtATime() throws IOException {
    writeResults(1, 3);

    assertThat(run("results", "--json", "--since", "1h").outLines()).hasSize(3);
    assertThat(run("results", "--json", "--since", "2099-01-01T00:00:00Z").outLines()).isEmpty();
  }

  @Test
  void shouldPrintCommittedResultsOnly() throws IOException {
    String topic = prefix + "results";
    byte[] value = encoded(topic, ActionResult.class, result(1));
    try (var producer = producer(Map.of("transactional.id", prefix))) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, null, value));
      producer.commitTransaction();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, null, value));
      producer.flush();

      var whileOpen = run("results", "--json");
      producer.abortTransaction();
      var afterwards = run("results", "--json");

      assertThat(whileOpen.outLines()).hasSize(1);
      assertThat(afterwards.outLines()).hasSize(1);
    }
  }

  @Test
  void shouldReportARecordThatItCannotReadAndGoOn() throws IOException {
    String topic = prefix + "results";
    try (var producer = producer(Map.of())) {
      producer.send(
          new ProducerRecord<>(topic, 0, null, "garbage".getBytes(StandardCharsets.UTF_8)));
      producer.send(new ProducerRecord<>(topic, 0, null, null));
    }
    writeResults(1, 1);

    var run = run("results", "--json");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.outLines()).hasSize(1);
    assertThat(run.err()).contains(topic + "-0@0 cannot be read", topic + "-0@1 cannot be read");
  }

  @Test
  void shouldSayInOneLineThatTheRegistryDoesNotAnswer() throws IOException {
    writeResults(1, 3);

    var run = run("results", "--registry", "http://127.0.0.1:1");

    assertThat(run.exitCode()).isEqualTo(ExitCode.CANNOT_START);
    assertThat(run.err())
        .hasLineCount(1)
        .startsWith("backstop: the schema registry cannot be reached");
  }
}
