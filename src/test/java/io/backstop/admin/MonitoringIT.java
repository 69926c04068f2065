package io.backstop.admin;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import io.backstop.action.ActionRequest;
import io.backstop.action.FailureClass;
import io.backstop.action.Outcome;
import io.backstop.action.PayloadFamily;
import io.backstop.action.TaskPayload;
import io.backstop.config.BackstopConfig;
import io.backstop.executor.ActionExecutor;
import io.backstop.executor.CallContext;
import io.backstop.executor.Target;
import io.backstop.executor.Targets;
import io.backstop.executor.http.VertxTransport;
import io.backstop.metrics.MeterRegistries;
import io.backstop.runtime.Outside;
import io.backstop.serde.Registry;
import io.backstop.serde.WireEncoder;
import io.backstop.testing.BrokerExtension;
import io.backstop.testing.TestConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus and Kubernetes see of a running instance, over HTTP. */
class MonitoringIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MOST_SERIES = 2_000;

  /** More than is read and not committed at any time. */
  private static final int READ_AT_ONCE = 3_000;

  private static final int UNREAD = 10_000;

  @RegisterExtension static final BrokerExtension BROKER = new BrokerExtension();

  @TempDir private Path directory;
  private final WireMockServer registry = new WireMockServer(options().dynamicPort());
  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
  private final String prefix = "monitoring-" + System.nanoTime() + ".";
  private BackstopConfig config;
  private ServedProcessor processor;

  /** Does what it is asked for, unless the title says that it must fail. */
  private static final class Pages implements ActionExecutor {
    @Override
    public Target target() {
      return new Target("notion:createPage", PayloadFamily.TASK);
    }

    @Override
    public List<String> problems(ActionRequest request) {
      return List.of();
    }

    @Override
    public CompletionStage<Outcome> execute(ActionRequest request, CallContext context) {
      boolean isBad = ((TaskPayload) request.getPayload()).getTitle().equals("bad");
      return CompletableFuture.completedFuture(
          isBad
              ? new Outcome.Permanent(FailureClass.VALIDATION, "bad", OptionalInt.of(400))
              : new Outcome.Succeeded("{}", OptionalInt.of(200)));
    }
  }

  @BeforeEach
  void start() {
    registry.start();
    registry.stubFor(any(anyUrl()).willReturn(aResponse().proxiedFrom(BROKER.registryUrl())));
    config =
        TestConfig.with(
            "backstop.kafka.bootstrap-servers",
            BROKER.bootstrapServers(),
            "backstop.kafka.application-id",
            prefix + "app",
            "backstop.kafka.state-dir",
            directory.toString(),
            "backstop.registry.url",
            registry.baseUrl(),
            "backstop.registry.auto-register",
            "true",
            "backstop.topics.auto-create",
            "true",
            "backstop.topics.prefix",
            prefix,
            "backstop.topics.partitions",
            "2",
            // so slow that what is behind can be seen
            "backstop.kafka.properties.main.consumer.max.poll.records",
            "5");
    Outside outside =
        new Outside(
            Targets.of(List.of(new Pages())),
            (service, settings) -> () -> CompletableFuture.completedFuture("none"),
            new VertxTransport(),
            MeterRegistries.prometheus());
    processor = ServedProcessor.start(config, outside, clock());
  }

  /** The present, or later. */
  private Clock clock() {
    InstantSource source = () -> Instant.now().plus(ahead.get());
    return source.withZone(ZoneOffset.UTC);
  }

  @AfterEach
  void stop() {
    processor.close();
    registry.stop();
  }

  private HttpResponse<String> get(String path) {
    String url = processor.monitoringUrl().orElseThrow() + path;
    return Instance.send(HttpRequest.newBuilder(URI.create(url)).build());
  }

  private void publish(String... titles) throws IOException {
    var bytes = new ByteArraySerializer();
    Map<String, Object> brokers = Map.of("bootstrap.servers", BROKER.bootstrapServers());
    try (var schemas = new Registry(config.registry());
        var producer = new KafkaProducer<>(brokers, bytes, bytes)) {
      var encoder = new WireEncoder<>(schemas, prefix + "requests", ActionRequest.class);
      byte[] key = "one-key".getBytes(StandardCharsets.UTF_8);
      for (String title : titles) {
        TaskPayload payload = TaskPayload.newBuilder().setTitle(title).setContainer("db").build();
        ActionRequest request =
            ActionRequest.newBuilder()
                .setRequestId(title)
                .setAction("notion:createPage")
                .setPayload(payload)
                .build();
        producer.send(new ProducerRecord<>(prefix + "requests", key, encoder.encode(request)));
      }
      byte[] poison = "no request".getBytes(StandardCharsets.UTF_8);
      producer.send(new ProducerRecord<>(prefix + "requests", key, poison));
    }
  }

  @Test
  void shouldTellHowFarItIsBehindAlsoOfWhatItHasNotRead() throws IOException {
    String[] many = new String[UNREAD];
    Arrays.fill(many, "again and again");
    publish(many);

    await().atMost(PATIENCE).until(() -> lag() > READ_AT_ONCE);
    await().atMost(PATIENCE).until(() -> lag() == 0);
  }

  private double lag() {
    String series = "backstop_records_lag{topic=\"" + prefix + "requests\"} ";
    return get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(series))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length())))
        .findFirst()
        .orElse(0);
  }

  @Test
  void shouldCountWhatBecameOfRequestsAndKeepTheNumberOfSeriesLow() throws IOException {
    publish("good", "good", "bad");

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(get("/metrics").body())
                    .contains(requests("notion:createPage", "succeeded"))
                    .contains(requests("notion:createPage", "duplicate"))
                    .contains(requests("notion:createPage", "dead-lettered"))
                    .contains(requests("other", "dead-lettered"))
                    .contains("backstop_duplicates_total{original=\"finished\"} 1.0")
                    .contains("backstop_dead_letters_total{failure=\"VALIDATION\"} 1.0")
                    .contains("backstop_dead_letters_total{failure=\"UNDECODABLE\"} 1.0")
                    .contains("backstop_desk_letters_total{outcome=\"kept\"} 2.0")
                    .contains("backstop_records_lag{topic=\"" + prefix + "requests\"} 0.0")
                    .containsPattern("backstop_store_entries\\{store=\"finished\"} [1-9]")
                    .contains("backstop_streams_state{state=\"RUNNING\"} 1.0")
                    .contains("backstop_ready 1.0")
                    .contains("backstop_dependency_up{dependency=\"kafka\"} 1.0")
                    .contains("kafka_stream_thread_process_total{")
                    .contains("jvm_memory_used_bytes{"));
    List<String> series =
        get("/metrics").body().lines().filter(line -> !line.startsWith("#")).toList();
    assertThat(series)
        .hasSizeLessThan(MOST_SERIES)
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("backstop_attempts_seconds_count")
                    .contains("target=\"notion:createPage\"")
                    .contains("failure=\"none\""))
        .noneMatch(line -> line.startsWith("kafka_") && line.contains("partition="));
  }

  private static String requests(String action, String outcome) {
    return "backstop_requests_total{action=\"%s\",outcome=\"%s\"} 1.0".formatted(action, outcome);
  }

  @Test
  void shouldBeHealthyAndWarnOfARegistryThatIsAwayOnceThirtySecondsHavePassed() {
    await().atMost(PATIENCE).until(() -> get("/health/ready").statusCode() == 200);
    await().atMost(PATIENCE).until(() -> registryStatus().equals("pass"));
    assertThat(get("/health").statusCode()).isEqualTo(200);
    assertThat(get("/health/live").statusCode()).isEqualTo(200);

    registry.stop();

    assertThat(registryStatus()).as("looked at less than 30 s ago").isEqualTo("pass");

    ahead.set(Duration.ofSeconds(31));

    await().atMost(PATIENCE).until(() -> registryStatus().equals("warn"));
    assertThat(health().path("status").asText()).isEqualTo("warn");
    assertThat(health().at("/checks/kafka:responseTime/0/status").asText()).isEqualTo("pass");
    assertThat(health().at("/checks/circuit:notion/0/observedValue").asText()).isEqualTo("CLOSED");
    assertThat(get("/health").statusCode()).as("work goes on").isEqualTo(200);
    assertThat(get("/health/ready").statusCode()).isEqualTo(200);
  }

  private String registryStatus() {
    return health().at("/checks/registry:responseTime/0/status").asText();
  }

  private JsonNode health() {
    return Instance.json(get("/health"));
  }
}
