package io.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionRequest;
import io.backstop.client.ActionFamilies;
import io.backstop.client.RequestParser;
import io.backstop.serde.Registry;
import io.backstop.serde.WireEncoder;
import io.backstop.testing.TestConfig;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class PublishRunTest {
  private static final String LINE = "{\"action\":\"a:b\",\"payload\":{\"TaskPayload\":{}}}\n";

  private final StringWriter err = new StringWriter();
  private String summary;

  /** A producer whose n-th record, from 0, fails at once. */
  private static final class Failing extends MockProducer<byte[], byte[]> {
    private final int failing;
    private final RuntimeException failure;

    Failing(int failing, RuntimeException failure) {
      super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
      this.failing = failing;
      this.failure = failure;
    }

    @Override
    public synchronized Future<RecordMetadata> send(
        ProducerRecord<byte[], byte[]> rec, Callback callback) {
      if (history().size() == failing) {
        callback.onCompletion(null, failure);
        return null;
      }
      return super.send(rec, callback);
    }
  }

  private int run(String lines, MockProducer<byte[], byte[]> producer) throws IOException {
    var config = TestConfig.with("backstop.registry.auto-register", "true").registry();
    var report = new PublishReport(new PrintWriter(err, true), false);
    var input = new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8));
    var parser = new RequestParser(new ActionFamilies(Map.of()), () -> "made");
    try (var registry = new Registry(config, new MockSchemaRegistryClient());
        var reader = new LineReader(input, LineReader.DEFAULT_LONGEST)) {
      var encoder = new WireEncoder<>(registry, "requests", ActionRequest.class);
      var publisher = new Publisher(producer, encoder, "requests", report);
      var run = new PublishRun(reader, parser, publisher, report, PublishProgress.none());
      return run.toEnd(text -> summary = text, "requests");
    }
  }

  @Test
  void shouldGoOnAfterALineThatKafkaRefuses() throws IOException {
    var producer = new Failing(1, new RecordTooLargeException("too large"));

    int exitCode = run(LINE.repeat(2) + "\nx\n", producer);

    assertThat(exitCode).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString().lines())
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("line 2: not published: too large"),
            line -> assertThat(line).startsWith("line 4: not JSON"));
    assertThat(summary).startsWith("published 1 requests").endsWith("see above");
  }

  @Test
  void shouldStopAndSayWhereWhenKafkaTakesNothing() throws IOException {
    var producer = new Failing(2, new TimeoutException("no broker"));

    int exitCode = run(LINE.repeat(10), producer);

    assertThat(exitCode).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString().trim()).isEqualTo("line 3: not published: no broker");
    assertThat(summary)
        .startsWith("published 2 requests")
        .contains("stopped after line 3", "no broker", "lines from 4 on were not published");
  }
}
