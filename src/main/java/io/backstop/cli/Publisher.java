package io.backstop.cli;

import io.backstop.action.ActionRequest;
import io.backstop.client.ParsedRequest;
import io.backstop.serde.WireEncoder;
import java.time.Duration;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * Sends requests without waiting for each; what became of a line goes to the report. The producer's
 * own buffer bounds what is under way.
 */
final class Publisher {
  private final Producer<byte[], byte[]> producer;
  private final WireEncoder<ActionRequest> encoder;
  private final String topic;
  private final PublishReport report;

  Publisher(
      Producer<byte[], byte[]> producer,
      WireEncoder<ActionRequest> encoder,
      String topic,
      PublishReport report) {
    this.producer = producer;
    this.encoder = encoder;
    this.topic = topic;
    this.report = report;
  }

  void publish(long line, ParsedRequest parsed) {
    producer.send(parsed.encoded(topic, encoder), (metadata, failure) -> confirm(line, failure));
  }

  private void confirm(long line, Exception failure) {
    if (failure == null) {
      report.published();
      return;
    }
    report.failed(line, "not published: " + failure.getMessage());
    boolean onlyThisLine =
        failure instanceof RecordTooLargeException || failure instanceof InvalidTimestampException;
    if (!onlyThisLine) {
      report.stop("Kafka does not take requests: " + failure.getMessage());
    }
  }

  /** Waits until every line that was sent is confirmed or reported. */
  void flush() {
    producer.flush();
  }

  /** Gives up what is not confirmed within {@code patience}; those lines are reported. */
  void close(Duration patience) {
    producer.close(patience);
  }
}
