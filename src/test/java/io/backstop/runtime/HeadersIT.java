package io.backstop.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.testing.BrokerExtension;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Key, user headers and trace context come out as they went in. */
class HeadersIT {
  @RegisterExtension static final BrokerExtension BROKER = new BrokerExtension();

  @TempDir private Path temp;

  @ParameterizedTest
  @ValueSource(strings = {"by-record-key", "by-idempotency-key"})
  void shouldKeepKeyAndHeadersOnResultsAndDeadLetters(String partitioning) throws Exception {
    try (var flow =
        new ProcessorScenario(BROKER, temp, "backstop.intake.partitioning", partitioning)) {
      byte[] good = flow.encoder.encode(ProcessorScenario.request("r-1"));
      flow.producer.send(withHeaders(flow, good)).get();
      flow.producer.send(withHeaders(flow, ProcessorScenario.utf8("bad"))).get();

      try (var processor = flow.start(TestTarget.answeringAfter(Duration.ZERO))) {
        flow.awaitOutcomes(2);
        assertThat(processor.fatal()).isNotDone();
      }

      var result = flow.resultRecords.get(0);
      var letter = flow.letterRecords.get(0);
      assertThat(result.key()).isEqualTo(ProcessorScenario.utf8("customer-7"));
      assertThat(letter.key()).isEqualTo(result.key());
      assertThat(result.headers().toArray())
          .extracting(Header::key)
          .containsExactly("traceparent", "tenant", "tenant");
      assertThat(letter.headers()).isEqualTo(result.headers());
      assertThat(letter.value().getOriginal().getTopic()).isEqualTo(flow.topics.requests());
    }
  }

  private static ProducerRecord<byte[], byte[]> withHeaders(ProcessorScenario flow, byte[] value) {
    var rec =
        new ProducerRecord<>(flow.topics.requests(), ProcessorScenario.utf8("customer-7"), value);
    rec.headers().add("traceparent", ProcessorScenario.utf8("00-abc-def-01"));
    rec.headers().add("tenant", ProcessorScenario.utf8("blue"));
    rec.headers().add("tenant", ProcessorScenario.utf8("green"));
    return rec;
  }
}
