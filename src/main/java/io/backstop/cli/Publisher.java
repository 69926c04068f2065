package io.backstop.cli;

import io.backstop.action.ActionRequest;
import io.backstop.config.StartupException;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Sends requests without waiting for each; what became of a line goes to the report. The producer's
 * own buffer bounds what is under way.
 */
final class Publisher {
  private final Producer<byte[], byte[]> producer;
  private final Serializer<? super ActionRequest> serializer;
  private final String topic;
  private final PublishReport report;

  Publisher(
      Producer<byte[], byte[]> producer,
      Serializer<? super ActionRequest> serializer,
      String topic,
      PublishReport report) {
    this.producer = producer;
    this.serializer = serializer;
    this.topic = topic;
    this.report = report;
  }

  /**
   * @throws StartupException when the registry does not answer or does not know the schema
   */
  void publish(long line, ParsedRequest parsed) {
    var headers = new RecordHeaders(parsed.headers());
    byte[] value;
    try {
      value = serializer.serialize(topic, headers, parsed.request());
    } catch (SerializationException e) {
      requireRegistry(e);
      report.failed(line, "not published: " + e.getMessage());
      return;
    }
    byte[] key = parsed.key().getBytes(StandardCharsets.UTF_8);
    producer.send(
        new ProducerRecord<>(topic, null, key, value, headers),
        (metadata, failure) -> confirm(line, failure));
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

  /** A registry that does not play concerns every line, not just this one. */
  private static void requireRegistry(SerializationException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof RestClientException refused) {
        throw new StartupException(
            "the schema registry refused the schema of ActionRequest: "
                + refused.getMessage()
                + ": register it, or set backstop.registry.auto-register to true",
            e);
      } else if (cause instanceof IOException) {
        throw new StartupException(
            "the schema registry does not answer ("
                + cause.getMessage()
                + "): start it, or mend backstop.registry.url",
            e);
      }
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
