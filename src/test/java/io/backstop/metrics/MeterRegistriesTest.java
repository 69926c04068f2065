package io.backstop.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

class MeterRegistriesTest {
  private static final String CLIENT = "backstop-6f1c3b8e-7a53-4a56-9d1e-0a4d1f1a2b3c";

  private final PrometheusMeterRegistry registry = MeterRegistries.prometheus();

  @Test
  void shouldShowKafkasMetersOfAClientUnderANameThatSurvivesARestart() {
    registry.counter("kafka.consumer.calls", "client.id", CLIENT + "-StreamThread-1-consumer");

    assertThat(registry.scrape())
        .contains("kafka_consumer_calls_total{client_id=\"backstop-StreamThread-1-consumer\"}");
  }

  @Test
  void shouldLeaveOutThoseOfEachPartitionOrTask() {
    registry.counter("kafka.consumer.lag", Tags.of("client.id", CLIENT, "partition", "7"));
    registry.counter("kafka.stream.task.calls", Tags.of("thread.id", "t", "task.id", "0_1"));

    assertThat(registry.scrape()).doesNotContain("kafka_");
  }

  @Test
  void shouldLeaveOtherMetersAsTheyAre() {
    new ActionMetrics(registry).counter(Metric.UNKEYED_RECORDS, "actions.requests").increment();

    assertThat(registry.scrape())
        .contains("backstop_records_unkeyed_total{topic=\"actions.requests\"} 1.0");
  }
}
