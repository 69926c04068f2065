package io.backstop.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionRequest;
import io.backstop.action.DeskOrder;
import io.backstop.action.LetterSet;
import io.backstop.action.OriginalRecord;
import io.backstop.action.TaskPayload;
import io.backstop.config.BackstopConfig;
import io.backstop.executor.Targets;
import io.backstop.runtime.TopicAdmin;
import io.backstop.serde.Decoded;
import io.backstop.serde.Registry;
import io.backstop.serde.WireDecoder;
import io.backstop.serde.WireEncoder;
import io.backstop.testing.BrokerExtension;
import io.backstop.testing.TestConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Requests of the past, read from a real topic by time and by offset, and put on the desks. */
class PastRequestsIT {
  @RegisterExtension static final BrokerExtension BROKER = new BrokerExtension();
  private static final Instant TEN = Instant.parse("2026-11-22T10:00:00Z");
  private static final Optional<Instant> ANY = Optional.empty();

  /** More than a producer takes without being told to. */
  private static final int LARGE = 1_050_000;

  private BackstopConfig config;
  private String prefix;

  @BeforeEach
  void write() throws Exception {
    prefix = "past-" + System.nanoTime() + ".";
    config =
        TestConfig.with(
            "backstop.kafka.bootstrap-servers",
            BROKER.bootstrapServers(),
            "backstop.registry.url",
            BROKER.registryUrl(),
            "backstop.registry.auto-register",
            "true",
            "backstop.topics.prefix",
            prefix,
            "backstop.topics.partitions",
            "3");
    try (TopicAdmin admin = TopicAdmin.connect(config)) {
      admin.create(Targets.load());
    }
    // two partitions with a request each minute, the second one with an early one at its end
    for (int minute = 0; minute < 5; minute++) {
      send(0, minute, request("a" + minute, "t"), false);
      send(1, minute, request("b" + minute, "t"), false);
    }
    send(1, 2, request("late", "t"), false);
    send(1, 2, text("no request"), false);
    send(1, 2, request("aborted", "t"), true);
  }

  private void send(int partition, int minute, byte[] value, boolean aborted) throws Exception {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", BROKER.bootstrapServers());
    settings.put("max.request.size", 2 * LARGE);
    if (aborted) {
      settings.put("transactional.id", prefix);
    }
    var bytes = new ByteArraySerializer();
    try (var producer = new KafkaProducer<>(settings, bytes, bytes)) {
      long timestamp = TEN.plusSeconds(60L * minute).toEpochMilli();
      byte[] key = {7};
      var rec = new ProducerRecord<>(prefix + "requests", partition, timestamp, key, value);
      rec.headers().add("traceparent", new byte[] {1});
      if (minute == 4) {
        rec.headers().add("backstop-replay-id", text("r-0"));
        rec.headers().add("backstop-replay-generation", text("2"));
        rec.headers().add("backstop-replay-desk", text("1"));
      }
      if (aborted) {
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(rec).get();
        producer.abortTransaction();
      } else {
        producer.send(rec).get();
      }
    }
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private byte[] request(String key, String title) throws IOException {
    try (Registry registry = new Registry(config.registry())) {
      return new WireEncoder<>(registry, prefix + "requests", ActionRequest.class)
          .encode(
              ActionRequest.newBuilder()
                  .setRequestId("id-" + key)
                  .setAction("notion:createPage")
                  .setIdempotencyKey(key)
                  .setPayload(TaskPayload.newBuilder().setTitle(title).build())
                  .build());
    }
  }

  private static List<String> keys(PastRequests past, RequestRange range) {
    List<String> keys = new ArrayList<>();
    past.read(
        range,
        (original, request) ->
            keys.add(request.map(ActionRequest::getIdempotencyKey).orElse("unreadable")));
    return keys;
  }

  @Test
  void shouldReadTheRequestsOfASpanOfTimeWhereverTheyStand() throws InvalidRequestException {
    try (PastRequests past = PastRequests.open(config)) {
      RequestRange range =
          past.range(
              new RequestRange.Wanted(
                  Optional.of(TEN.plusSeconds(120)),
                  Optional.of(TEN.plusSeconds(240)),
                  Map.of(),
                  Map.of()));

      assertThat(keys(past, range))
          .containsExactlyInAnyOrder("a2", "a3", "b2", "b3", "late", "unreadable");
      assertThat(keys(past, range)).hasSize(6);
    }
  }

  @Test
  void shouldReadTheRequestsBetweenOffsets() throws InvalidRequestException {
    try (PastRequests past = PastRequests.open(config)) {
      RequestRange range =
          past.range(new RequestRange.Wanted(ANY, ANY, Map.of(0, 1L), Map.of(0, 3L)));

      assertThat(keys(past, range)).containsExactly("a1", "a2");
    }
  }

  @Test
  void shouldPutEachOnTheDeskOfItsPartitionAsItWas() throws Exception {
    String operation = "r-1";
    List<DeskOrder> orders = new ArrayList<>();
    send(2, 3, request("large", "x".repeat(LARGE)), false);

    LetterSet staged;
    try (PastRequests past = PastRequests.open(config);
        RequestStaging staging = RequestStaging.open(config, operation, InstantSource.fixed(TEN))) {
      RequestRange range =
          past.range(
              new RequestRange.Wanted(Optional.of(TEN.plusSeconds(180)), ANY, Map.of(), Map.of()));
      past.read(range, (original, request) -> staging.stage(original));
      staged = staging.finish();
    }
    try (Registry registry = new Registry(config.registry());
        var decoder = new WireDecoder<>(DeskOrder.class, registry, Clock.systemUTC());
        TopicReader reader = TopicReader.open(config, prefix + "desk-orders")) {
      reader.readToEnd(
          new Start.Beginning(),
          rec -> {
            var order =
                (Decoded.Value<DeskOrder>)
                    decoder.decodeFetching(rec.value(), Duration.ofSeconds(10));
            assertThat(rec.partition()).isEqualTo(order.value().getStaged().getPartition());
            return orders.add(order.value());
          });
    }

    assertThat(orders).hasSize(5);
    LetterSet expected = LetterSet.EMPTY;
    for (DeskOrder order : orders) {
      assertThat(order.getOperationId()).isEqualTo(operation);
      assertThat(order.getStaged().getTopic()).isEqualTo(prefix + "requests");
      assertThat(order.getStaged().getKey().get(0)).isEqualTo((byte) 7);
      assertThat(order.getStaged().getHeaders()).isNotEmpty();
      OriginalRecord original = order.getStaged();
      expected =
          expected.with(
              prefix + "requests-" + original.getPartition() + "-" + original.getOffset());
    }
    assertThat(staged).isEqualTo(expected);
  }
}
