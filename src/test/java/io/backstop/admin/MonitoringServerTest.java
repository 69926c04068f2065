package io.backstop.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.backstop.metrics.ActionMetrics;
import io.backstop.metrics.MeterRegistries;
import io.backstop.metrics.Metric;
import io.backstop.runtime.Vitals;
import io.backstop.testing.TestConfig;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The port as it is before the processor runs, and where neither Kafka nor registry are there. */
class MonitoringServerTest {
  private final io.micrometer.prometheusmetrics.PrometheusMeterRegistry meters =
      MeterRegistries.prometheus();
  private MonitoringServer server;

  @BeforeEach
  void bind() {
    var config =
        TestConfig.with(
            "backstop.kafka.bootstrap-servers", "127.0.0.1:1",
            "backstop.registry.url", "http://user:s3cret@127.0.0.1:1");
    var vitals = new Vitals(config.monitoring(), Clock.systemUTC());
    server = MonitoringServer.bind(config, vitals, meters, Clock.systemUTC());
  }

  @AfterEach
  void close() {
    server.close();
    meters.close();
  }

  private HttpResponse<String> get(String path) {
    return Instance.send(HttpRequest.newBuilder(URI.create(server.url() + path)).build());
  }

  @Test
  void shouldLiveAndNotBeReadyBeforeTheProcessorRuns() {
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
    assertThat(get("/health/ready").statusCode()).isEqualTo(503);
    assertThat(Instance.json(get("/health/ready")).path("status").asText()).isEqualTo("fail");
  }

  @Test
  void shouldFailWithoutKafkaAndOnlyWarnWithoutTheRegistry() {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              HttpResponse<String> response = get("/health");
              JsonNode checks = Instance.json(response).path("checks");
              assertThat(response.statusCode()).isEqualTo(503);
              assertThat(checks.at("/kafka:responseTime/0/status").asText()).isEqualTo("fail");
              assertThat(checks.at("/registry:responseTime/0/status").asText()).isEqualTo("warn");
              assertThat(checks.at("/registry:responseTime/0/output").asText())
                  .contains("known schemas go on");
            });
  }

  @Test
  void shouldTellNobodyAddressesOrCredentials() {
    assertThat(get("/health").body()).doesNotContain("127.0.0.1", "s3cret", "user");
    assertThat(get("/health").headers().firstValue("Content-Type"))
        .hasValue("application/health+json");
  }

  @Test
  void shouldShowMetersAsPrometheusReadsThem() {
    new ActionMetrics(meters).counter(Metric.RETRIES, "notion").increment(3);

    HttpResponse<String> response = get("/metrics");

    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/plain;")
        .contains("version=0.0.4");
    assertThat(response.body())
        .contains("# TYPE backstop_retries_total counter")
        .contains("backstop_retries_total{scope=\"notion\"} 3.0");
  }

  @Test
  void shouldAnswerNothingElse() {
    assertThat(get("/v1/dead-letters").statusCode()).isEqualTo(404);
    var post =
        HttpRequest.newBuilder(URI.create(server.url() + "/health"))
            .POST(HttpRequest.BodyPublishers.noBody());
    assertThat(Instance.send(post.build()).statusCode()).isEqualTo(405);
  }
}
