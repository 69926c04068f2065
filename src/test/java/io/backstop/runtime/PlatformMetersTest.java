package io.backstop.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.metrics.MeterRegistries;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka's own meters of a processor that has been made, but not started: no broker is asked. */
class PlatformMetersTest {
  private static final int MOST_SERIES = 1_500;

  @TempDir private Path directory;

  private KafkaStreams streams() {
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "backstop");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
    settings.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    var bytes = new ByteArrayDeserializer();
    return new KafkaStreams(
        new Topology().addSource("requests", bytes, bytes, "actions.requests"), settings);
  }

  @Test
  void shouldShowThoseOfStreamsItsClientsAndTheJvmInFewSeries() {
    PrometheusMeterRegistry registry = MeterRegistries.prometheus();
    KafkaStreams streams = streams();
    PlatformMeters meters = new PlatformMeters(streams, registry);
    try {
      List<String> series =
          registry.scrape().lines().filter(line -> !line.startsWith("#")).toList();

      assertThat(series)
          .hasSizeLessThan(MOST_SERIES)
          .anyMatch(line -> line.startsWith("kafka_stream_thread_process_total{"))
          .anyMatch(line -> line.startsWith("kafka_consumer_"))
          .anyMatch(line -> line.startsWith("kafka_producer_"))
          .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{"))
          .anyMatch(line -> line.startsWith("process_cpu_usage"))
          .noneMatch(line -> line.startsWith("kafka_") && line.contains("task_id="))
          .noneMatch(line -> line.contains("client_id=\"backstop-") && hasProcessId(line));
    } finally {
      meters.close();
      streams.close();
    }
  }

  private static boolean hasProcessId(String line) {
    return line.matches(".*[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-.*");
  }
}
