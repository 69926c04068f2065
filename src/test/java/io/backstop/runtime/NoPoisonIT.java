package io.backstop.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionRequest;
import io.backstop.action.ActionResult;
import io.backstop.action.DeadLetter;
import io.backstop.action.TaskPayload;
import io.backstop.testing.BrokerExtension;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** No bytes on the request topic stop the processor or take a good request with them. */
class NoPoisonIT {
  @RegisterExtension static final BrokerExtension BROKER = new BrokerExtension();
  private static final int BAD = 3_000;
  private static final int EVERY = 50;

  @TempDir private Path temp;
  private final Random random = new Random(4);
  private ProcessorScenario flow;

  @AfterEach
  void close() {
    flow.close();
  }

  @Test
  void shouldGiveEveryRecordOneOutcomeAndEveryGoodOneItsResult() {
    flow = new ProcessorScenario(BROKER, temp);
    int good = 0;
    for (int i = 0; i < BAD; i++) {
      flow.publish(bytes(8), i % 2 == 0 ? randomBytes() : mutated(i));
      if (i % EVERY == 0) {
        flow.publish(ProcessorScenario.request("good-" + good++));
      }
    }
    flow.producer.flush();

    try (var processor = flow.start(TestTarget.answeringAfter(Duration.ZERO))) {
      flow.awaitOutcomes(BAD + good);
      flow.readOn();

      assertThat(processor.fatal()).isNotDone();
    }

    assertThat(flow.results().size() + flow.letters().size()).isEqualTo(BAD + good);
    assertThat(flow.letters()).extracting(DeadLetter::getId).doesNotHaveDuplicates();
    assertThat(flow.letters()).allMatch(letter -> letter.getReason().length() > 10);
    Set<String> answered = new HashSet<>();
    flow.results().stream().map(ActionResult::getRequestId).forEach(answered::add);
    for (int i = 0; i < good; i++) {
      assertThat(answered).contains("good-" + i);
    }
  }

  @Test
  void shouldTakeTheLargestRecordThatTheTopicTakes() throws Exception {
    for (String partitioning : new String[] {"by-record-key", "by-idempotency-key"}) {
      flow =
          new ProcessorScenario(
              BROKER, temp.resolve(partitioning), "backstop.intake.partitioning", partitioning);
      var large = ProcessorScenario.request("large");
      large =
          ActionRequest.newBuilder(large)
              .setPayload(
                  TaskPayload.newBuilder()
                      .setTitle("t")
                      .setDescription("x".repeat(900 * 1024 - 500))
                      .build())
              .build();
      var rec =
          new ProducerRecord<>(flow.topics.requests(), bytes(1_000), flow.encoder.encode(large));
      rec.headers().add("context", bytes(125_000));
      flow.producer.send(rec).get();
      flow.publish(ProcessorScenario.request("after"));

      try (var processor = flow.start(TestTarget.answeringAfter(Duration.ofMillis(300)))) {
        flow.awaitOutcomes(2, Duration.ofSeconds(30));
        assertThat(flow.letters()).isEmpty();
        assertThat(changelogLimit()).allMatch(limit -> limit >= 4 * 1024 * 1024);
        assertThat(processor.fatal()).isNotDone();
      }
      if (partitioning.equals("by-record-key")) {
        flow.close();
      }
    }
  }

  private java.util.List<Integer> changelogLimit() throws Exception {
    try (var admin = Admin.create(Map.of("bootstrap.servers", BROKER.bootstrapServers()))) {
      String application = flow.topics.prefix().replace(".", "");
      var changelogs =
          admin.listTopics().names().get().stream()
              .filter(name -> name.startsWith(application) && name.endsWith("-changelog"))
              .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
              .toList();
      assertThat(changelogs).isNotEmpty();
      return admin.describeConfigs(changelogs).all().get().values().stream()
          .map(settings -> settings.get("max.message.bytes"))
          .map(
              entry ->
                  entry.source()
                          == org.apache.kafka.clients.admin.ConfigEntry.ConfigSource
                              .DYNAMIC_TOPIC_CONFIG
                      ? Integer.parseInt(entry.value())
                      : 0)
          .toList();
    }
  }

  /** Half of them look like the wire format: a zero byte and a schema id, known or not. */
  private byte[] randomBytes() {
    byte[] value = bytes(random.nextInt(300));
    if (random.nextBoolean() && value.length >= 5) {
      int id = random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(40);
      ByteBuffer.wrap(value).put((byte) 0).putInt(id);
    }
    return value;
  }

  private byte[] mutated(int i) {
    byte[] value = flow.encoder.encode(ProcessorScenario.request("mutant-" + i));
    for (int change = random.nextInt(3); change >= 0; change--) {
      value[5 + random.nextInt(value.length - 5)] = (byte) random.nextInt();
    }
    return random.nextInt(3) > 0
        ? value
        : java.util.Arrays.copyOf(value, random.nextInt(value.length));
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
