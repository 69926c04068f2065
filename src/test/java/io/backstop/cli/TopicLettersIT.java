package io.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.backstop.admin.DeskFleet;
import io.backstop.executor.Json;
import io.backstop.testing.BrokerExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The commands about dead letters while no processor runs. */
class TopicLettersIT {
  @RegisterExtension static final BrokerExtension BROKER = new BrokerExtension();
  private static final int LETTERS = 120;

  @TempDir private static Path shared;
  @TempDir private Path directory;
  private static DeskFleet fleet;

  @BeforeAll
  static void write() throws Exception {
    fleet = new DeskFleet(BROKER, shared);
    fleet.write(LETTERS);
    writeUncommitted();
    writeGarbage();
  }

  private static String topic() {
    return fleet.config("unused").topics().prefix() + "dead-letters";
  }

  private static void writeGarbage() throws Exception {
    try (var producer = producer(Map.of())) {
      producer.send(garbage()).get(30, TimeUnit.SECONDS);
    }
  }

  private static void writeUncommitted() throws Exception {
    try (var producer = producer(Map.of("transactional.id", topic()))) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(garbage());
      producer.abortTransaction();
    }
  }

  private static ProducerRecord<byte[], byte[]> garbage() {
    return new ProducerRecord<>(topic(), 2, null, "garbage".getBytes(StandardCharsets.UTF_8));
  }

  private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
    var settings = new java.util.HashMap<String, Object>(more);
    settings.put("bootstrap.servers", BROKER.bootstrapServers());
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private CommandRun run(String... args) {
    String yaml =
        """
        backstop:
          kafka: {bootstrap-servers: "%s"}
          registry: {url: "%s"}
          topics: {prefix: "%s"}
        """
            .formatted(
                BROKER.bootstrapServers(),
                BROKER.registryUrl(),
                fleet.config("unused").topics().prefix());
    return CommandRun.with(directory, yaml, args);
  }

  private static List<String> ids(CommandRun run) {
    return run.outLines().stream().map(line -> json(line).path("id").asText()).toList();
  }

  private static JsonNode json(String line) {
    return Json.read(line).orElseThrow();
  }

  @Test
  void shouldListNewestFirstAndSayWhatIsNotKnown() {
    var first = run("dead-letters", "list", "--limit", "3", "--action", "notion:createPage");
    String cursor = first.err().replaceFirst("(?s).*--cursor (\\S+) goes on.*", "$1");
    var second =
        run(
            "dead-letters",
            "list",
            "--limit",
            "2",
            "--json",
            "--action",
            "notion:createPage",
            "--cursor",
            cursor);

    assertThat(first.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(first.err())
        .startsWith("No processor answers: reading the topic itself; that is slower, and what");
    assertThat(first.outLines()).hasSize(4);
    assertThat(first.outLines().get(1)).contains(" l-119 ", "SERVER_ERROR").doesNotContain("OPEN");
    assertThat(ids(second)).containsExactly("l-116", "l-115");
    assertThat(json(second.outLines().get(0)).path("status").isNull()).isTrue();
  }

  @Test
  void shouldFilterAsADeskDoes() {
    assertThat(
            ids(
                run(
                    "dead-letters",
                    "list",
                    "--json",
                    "--text",
                    "L-11",
                    "--until",
                    "2026-11-22T12:01:53Z")))
        .containsExactly("l-112", "l-111", "l-110", "l-11");
  }

  @Test
  void shouldRefuseAStatusWhichTheTopicDoesNotSay() {
    var run = run("dead-letters", "list", "--status", "OPEN");
    var open = run("dead-letters", "groups", "--open");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("--status needs a running processor");
    assertThat(open.err()).contains("--open needs a running processor");
  }

  @Test
  void shouldKeepLittleInMemory() {
    var run = run("dead-letters", "list", "--limit", "20001");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("from the topic alone it is at most 20,000");
  }

  @Test
  void shouldShowALetterAndWhatIsNone() {
    var letter = run("dead-letters", "show", "l-7");
    var unreadable = run("dead-letters", "list", "--json", "--failure-class", "UNDECODABLE");
    var none = run("dead-letters", "show", "no-such");

    assertThat(letter.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(letter.out())
        .contains("Dead letter l-7", "  status       -", "page of database 7 refused");
    assertThat(unreadable.outLines()).hasSize(1);
    assertThat(ids(unreadable).get(0)).startsWith(topic() + "-2-");
    assertThat(none.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(none.err()).contains("there is no dead letter no-such on the topic");
  }

  @Test
  void shouldCountGroups() {
    var run = run("dead-letters", "groups", "--json");

    assertThat(run.outLines()).hasSize(2);
    JsonNode group = json(run.outLines().get(0));
    assertThat(group.path("count").asLong()).isEqualTo(LETTERS);
    assertThat(group.path("open").isNull()).isTrue();
    assertThat(group.path("example").asText()).isEqualTo("l-119");
  }

  @Test
  void shouldExportAllOrTheNewest() throws IOException {
    Path file = directory.resolve("letters.jsonl");

    var all = run("dead-letters", "export", "--file", file.toString());
    var newest =
        run(
            "dead-letters",
            "export",
            "--file",
            "-",
            "--limit",
            "5",
            "--action",
            "notion:createPage");

    assertThat(all.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(all.out()).startsWith("121 dead letters written to ");
    assertThat(Files.readAllLines(file)).hasSize(LETTERS + 1);
    assertThat(newest.outLines())
        .extracting(line -> json(line).at("/letter/id").asText())
        .containsExactlyInAnyOrder("l-119", "l-118", "l-117", "l-116", "l-115");
  }

  @Test
  void shouldAskOnlyTheInstanceThatIsNamed() {
    var run = run("dead-letters", "list", "--url", "http://127.0.0.1:1");

    assertThat(run.exitCode()).isEqualTo(ExitCode.CANNOT_START);
    assertThat(run.err()).contains("tried http://127.0.0.1:1");
  }

  @Test
  void shouldChangeNothingWithoutAProcessor() {
    var run = run("dead-letters", "dismiss", "l-7");

    assertThat(run.exitCode()).isEqualTo(ExitCode.CANNOT_START);
    assertThat(run.err()).contains("no running instance has said where it answers");
  }
}
