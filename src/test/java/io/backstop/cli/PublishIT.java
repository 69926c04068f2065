package io.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionRequest;
import io.backstop.action.TaskPayload;
import io.backstop.client.Start;
import io.backstop.client.TopicReader;
import io.backstop.serde.Registry;
import io.backstop.testing.BrokerExtension;
import io.backstop.testing.TestConfig;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class PublishIT {
  @RegisterExtension static final BrokerExtension BROKER = new BrokerExtension();

  @TempDir private Path directory;
  private String prefix;

  @BeforeEach
  void createTopics() {
    prefix = "publish-" + System.nanoTime() + ".";
    assertThat(run("topics", "create").exitCode()).isEqualTo(ExitCode.OK);
  }

  private CommandRun run(String... args) {
    return CommandRun.with(directory, yaml(true), args);
  }

  private String yaml(boolean autoRegister) {
    return """
    backstop:
      kafka: {bootstrap-servers: "%s"}
      registry: {url: "%s", auto-register: %s}
      topics: {prefix: "%s", partitions: 3}
    """
        .formatted(BROKER.bootstrapServers(), BROKER.registryUrl(), autoRegister, prefix);
  }

  private CommandRun publish(String... lines) throws IOException {
    Path file = Files.write(directory.resolve("requests.jsonl"), List.of(lines));
    return run("publish", "--file", file.toString());
  }

  private List<ConsumerRecord<byte[], byte[]>> published() {
    var config =
        TestConfig.with(
            "backstop.kafka.bootstrap-servers",
            BROKER.bootstrapServers(),
            "backstop.topics.prefix",
            prefix);
    var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
    try (var reader = TopicReader.open(config, prefix + "requests")) {
      reader.readToEnd(
          new Start.Beginning(),
          rec -> {
            records.add(rec);
            return true;
          });
    }
    return records;
  }

  private ActionRequest decoded(ConsumerRecord<byte[], byte[]> rec) throws IOException {
    var config = TestConfig.with("backstop.registry.url", BROKER.registryUrl());
    try (var registry = new Registry(config.registry());
        var deserializer = new KafkaAvroDeserializer(registry.client())) {
      deserializer.configure(registry.deserializerProperties(), false);
      return (ActionRequest) deserializer.deserialize(rec.topic(), rec.value());
    }
  }

  @Test
  void shouldPublishWhatAForeignDeserializerReads() throws IOException {
    var run =
        publish(
            """
            {"requestId":"r-1","action":"notion:createPage","idempotencyKey":"k-1",\
            "payload":{"TaskPayload":{"title":"Hello"}},"headers":{"traceparent":"00-1"}}""");

    assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(run.out()).startsWith("published 1 requests to " + prefix + "requests");
    var rec = published().get(0);
    assertThat(rec.key()).asString(StandardCharsets.UTF_8).isEqualTo("k-1");
    assertThat(rec.headers().lastHeader("traceparent").value())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("00-1");
    assertThat(decoded(rec).getRequestId()).isEqualTo("r-1");
    assertThat(((TaskPayload) decoded(rec).getPayload()).getTitle()).isEqualTo("Hello");
  }

  @Test
  void shouldReportBadLinesByNumberAndPublishTheRest() throws IOException {
    var good = "{\"action\":\"a:b\",\"payload\":{\"TaskPayload\":{\"title\":\"%d\"}}}";
    var large =
        "{\"action\":\"a:b\",\"payload\":{\"TaskPayload\":{\"title\":\"%s\"}}}"
            .formatted("x".repeat(2_000_000));

    var run =
        publish(
            good.formatted(1), "nonsense", "", large, "{\"action\":\"a:b\"}", good.formatted(2));

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err().lines())
        .hasSize(3)
        .anyMatch(line -> line.startsWith("line 2: not JSON: "))
        .anyMatch(line -> line.startsWith("line 4: not published: "))
        .anyMatch(line -> line.startsWith("line 5: payload is missing"));
    assertThat(run.out()).startsWith("published 2 requests").contains("3 lines were not published");
    assertThat(published()).hasSize(2);
  }

  @Test
  void shouldSayInOneLineThatTheSchemaIsNotRegistered() {
    var run = CommandRun.with(directory, yaml(false), "publish", "--file", "pom.xml");

    assertThat(run.exitCode()).isEqualTo(ExitCode.CANNOT_START);
    assertThat(run.err()).hasLineCount(1).contains("backstop.registry.auto-register");
    assertThat(published()).isEmpty();
  }

  @Test
  void shouldSayInOneLineThatTheTopicIsMissing() {
    var run = run("publish", "--file", "pom.xml", "--topic", prefix + "nowhere");

    assertThat(run.exitCode()).isEqualTo(ExitCode.CANNOT_START);
    assertThat(run.err())
        .isEqualToIgnoringNewLines(
            "backstop: topic "
                + prefix
                + "nowhere is not there: create it with 'backstop topics create'");
  }

  @Test
  void shouldSayInOneLineThatTheRegistryDoesNotAnswer() {
    var run = run("publish", "--file", "pom.xml", "--registry", "http://127.0.0.1:1");

    assertThat(run.exitCode()).isEqualTo(ExitCode.CANNOT_START);
    assertThat(run.err()).hasLineCount(1).contains("http://127.0.0.1:1");
  }
}
