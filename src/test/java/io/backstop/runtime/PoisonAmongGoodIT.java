package io.backstop.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.backstop.action.ActionRequest;
import io.backstop.action.ActionResult;
import io.backstop.action.Command;
import io.backstop.action.CommandResult;
import io.backstop.action.DeadLetter;
import io.backstop.action.FallbackRequest;
import io.backstop.action.GenericPayload;
import io.backstop.action.OriginalRecord;
import io.backstop.action.RecordHeaders;
import io.backstop.action.Steps;
import io.backstop.admin.ServedProcessor;
import io.backstop.client.Commands;
import io.backstop.client.QueryClient;
import io.backstop.executor.Targets;
import io.backstop.serde.WireEncoder;
import io.backstop.testing.BrokerExtension;
import io.backstop.testing.TestConfig;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * NoPoison at length: as many bad records as good ones on the request topic, and bad ones on every
 * other topic that is read. Nothing stops, and each bad request is kept as it was.
 */
class PoisonAmongGoodIT {
  @RegisterExtension static final BrokerExtension BROKER = new BrokerExtension();
  private static final int EACH = 10_000;
  private static final int ELSEWHERE = 120;
  private static final int KINDS = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  /** Bytes as they were published. */
  private record Published(byte[] key, byte[] value) {}

  @TempDir private Path temp;
  private final Random random = new Random(4);
  private final TestTarget target = TestTarget.answeringAfter(Duration.ZERO);
  private final Map<String, Published> poison = new ConcurrentHashMap<>();
  private ProcessorScenario flow;
  private WireEncoder<Command> otherType;

  @AfterEach
  void close() {
    flow.close();
  }

  @Test
  void shouldDoAllGoodOnesAndKeepAllBadOnesAsTheyWere() {
    flow = new ProcessorScenario(BROKER, temp);
    otherType = flow.encoder(flow.topics.commands(), Command.class);
    var config = TestConfig.with(flow.settings());
    try (var admin = TopicAdmin.connect(config)) {
      admin.create(Targets.of(List.of(target)));
    }
    poisonOtherTopics();
    int refusedSteps = poisonSteps();
    for (int number = 0; number < EACH; number++) {
      flow.publish(ProcessorScenario.request("good-" + number));
      publishPoison(number);
    }
    flow.producer.flush();

    try (var processor = ServedProcessor.start(config, TestOutside.of(target), Clock.systemUTC())) {
      flow.awaitOutcomes(2 * EACH + refusedSteps, PATIENCE);
      flow.readOn();

      assertThat(flow.results()).hasSize(EACH);
      assertThat(set(flow.results().stream().map(ActionResult::getRequestId)))
          .isEqualTo(set(IntStream.range(0, EACH).mapToObj(number -> "good-" + number)));
      assertEachIsKeptAsItWas();
      assertAllAreOnTheDesk(processor.url().orElseThrow(), refusedSteps);
      assertCommandsAreAnswered();
      assertThat(processor.fatal()).isNotDone();
    }
  }

  private void assertEachIsKeptAsItWas() {
    Map<String, DeadLetter> letters = new HashMap<>();
    flow.letters().stream()
        .filter(letter -> letter.getOriginal().getTopic().equals(flow.topics.requests()))
        .forEach(letter -> assertThat(letters.put(letter.getId(), letter)).isNull());
    assertThat(poison).hasSize(EACH);
    assertThat(letters.keySet()).isEqualTo(poison.keySet());
    letters.forEach(
        (id, letter) -> {
          OriginalRecord original = letter.getOriginal();
          assertThat(RecordHeaders.bytes(original.getKey())).isEqualTo(poison.get(id).key());
          assertThat(RecordHeaders.bytes(original.getValue())).isEqualTo(poison.get(id).value());
          assertThat(original.getHeaders()).hasSize(1);
          assertThat(letter.getReason()).hasSizeGreaterThan(10);
        });
  }

  private void assertAllAreOnTheDesk(String url, int refusedSteps) {
    var desk = new QueryClient(List.of(url), Optional.empty());
    int all = EACH + refusedSteps + ELSEWHERE;
    Awaitility.await("all dead letters in groups")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(300))
        .until(() -> countedInGroups(desk) >= all);
    Set<String> ids = new HashSet<>();
    Map<String, String> page = new TreeMap<>(Map.of("limit", "500"));
    JsonNode body;
    do {
      body = desk.get("/v1/dead-letters", page).body();
      body.path("items").forEach(item -> ids.add(item.path("id").asText()));
      page.put("cursor", body.path("next").asText());
    } while (body.path("next").isTextual());

    assertThat(countedInGroups(desk)).isEqualTo(all);
    assertThat(ids).hasSize(all);
    assertThat(ids.containsAll(poison.keySet())).isTrue();
  }

  private static long countedInGroups(QueryClient desk) {
    long count = 0;
    for (JsonNode group :
        desk.get("/v1/dead-letter-groups", Map.of("limit", "500")).body().path("items")) {
      count += group.path("count").asLong();
    }
    return count;
  }

  private void assertCommandsAreAnswered() {
    Command command =
        Command.newBuilder()
            .setCommandId("after-the-poison")
            .setName("cache.clear")
            .setSubject("*")
            .setActor("test")
            .setIssuedAt(Instant.now())
            .build();
    try (var commands = Commands.open(TestConfig.with(flow.settings()))) {
      assertThat(commands.send(command, Duration.ofSeconds(30)))
          .get()
          .extracting(CommandResult::getCommandId)
          .isEqualTo("after-the-poison");
    }
  }

  /** Sets of this size are compared fast, lists each with each. */
  private static Set<String> set(Stream<String> items) {
    return items.collect(Collectors.toSet());
  }

  private void publishPoison(int number) {
    byte[] key = number % 10 == 0 ? null : ProcessorScenario.utf8("poison-" + number);
    byte[] value = poison(number);
    var bad = new ProducerRecord<>(flow.topics.requests(), key, value);
    bad.headers().add(new RecordHeader("tenant", ProcessorScenario.utf8("blue")));
    flow.producer.send(
        bad,
        (where, failure) ->
            poison.put(
                where.topic() + "-" + where.partition() + "-" + where.offset(),
                new Published(key, value)));
  }

  private void poisonOtherTopics() {
    for (int number = 0; number < ELSEWHERE; number++) {
      var letter = new ProducerRecord<>(flow.topics.deadLetters(), bytes(5), poison(number));
      letter.headers().add(ProcessorScenario.NO_OUTCOME, null);
      flow.producer.send(letter);
      for (String topic :
          List.of(
              flow.topics.commands(),
              flow.topics.fallbackReports(),
              flow.topics.fleetSignals(),
              flow.topics.fleetState(),
              flow.topics.cachedResults())) {
        byte[] key =
            topic.equals(flow.topics.fleetState())
                ? ProcessorScenario.utf8("circuit:notion")
                : bytes(random.nextInt(9));
        flow.producer.send(new ProducerRecord<>(topic, key, poison(number)));
      }
    }
  }

  /** Returns how many were published. */
  private int poisonSteps() {
    List<String> topics =
        Stream.of(TestTarget.NAME, Steps.QUEUE_RETRY).map(flow.topics::fallback).toList();
    for (String topic : topics) {
      var encoder = flow.encoder(topic, FallbackRequest.class);
      for (int number = 0; number < ELSEWHERE; number++) {
        byte[] value =
            number % 2 == 0 ? poison(number / 2) : encoder.encode(impossibleStep(number / 2));
        flow.producer.send(new ProducerRecord<>(topic, bytes(5), value));
      }
    }
    return topics.size() * ELSEWHERE;
  }

  /** Readable, but such that it can only fail. */
  private FallbackRequest impossibleStep(int number) {
    ActionRequest request =
        ActionRequest.newBuilder(ProcessorScenario.request("step-" + number))
            .setPayload(new GenericPayload("no JSON"))
            .setAction(number % 3 == 0 ? ":" : "x:y")
            .build();
    List<List<String>> steps =
        List.of(
            List.of(),
            List.of(""),
            List.of("no-colon", ":", "a:"),
            List.of("dead-letter"),
            List.of("queue:retry"),
            List.of("skip", "cached-result", "default-value"),
            List.of("no:such", "no:such"));
    return FallbackRequest.newBuilder()
        .setRequest(request)
        .setIdempotencyKey(number % 7 == 0 ? "" : "step-" + number + "-" + random.nextLong())
        .setOriginal(
            OriginalRecord.newBuilder()
                .setTopic("their.topic")
                .setPartition(-1)
                .setOffset(-1)
                .setTimestamp(-5)
                .setValue(number % 5 == 0 ? null : ByteBuffer.wrap(bytes(10)))
                .build())
        .setSteps(steps.get(number % steps.size()))
        .setPosition(number % 11 == 0 ? -1 : 0)
        .setSource("")
        .setReceivedAt(Instant.ofEpochMilli(number % 2 == 0 ? Long.MIN_VALUE : Long.MAX_VALUE))
        .setParks(number % 13 == 0 ? Integer.MAX_VALUE : 0)
        .build();
  }

  /** Bytes that are no request that could be executed. */
  private byte[] poison(int number) {
    byte[] good = flow.encoder.encode(ProcessorScenario.request("bad-" + number));
    return switch (number % KINDS) {
      case 0 -> null;
      case 1 -> bytes(random.nextInt(4));
      case 2 -> ProcessorScenario.utf8("{\"requestId\": \"bad-%d\"}".formatted(number));
      case 3 -> unknownSchema();
      case 4 -> Arrays.copyOf(good, 5 + random.nextInt(good.length - 5));
      case 5 -> otherType.encode(command(number));
      case 6 ->
          flow.encoder.encode(
              ActionRequest.newBuilder(ProcessorScenario.request("bad-" + number))
                  .setAction("no:such")
                  .build());
      default -> flow.encoder.encode(ProcessorScenario.request(""));
    };
  }

  private byte[] unknownSchema() {
    byte[] value = bytes(20 + random.nextInt(200));
    ByteBuffer.wrap(value).put((byte) 0).putInt(1_000_000 + random.nextInt(20));
    return value;
  }

  private static Command command(int number) {
    return Command.newBuilder()
        .setCommandId("bad-" + number)
        .setName("no.such")
        .setSubject("")
        .setActor("")
        .setIssuedAt(Instant.now())
        .build();
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
