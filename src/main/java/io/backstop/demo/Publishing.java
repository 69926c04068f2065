package io.backstop.demo;

import io.backstop.action.ActionRequest;
import io.backstop.client.RequestProducer;
import io.backstop.config.BackstopConfig;
import io.backstop.demo.Ledger.Coordinates;
import io.backstop.serde.Registry;
import io.backstop.serde.WireEncoder;
import io.backstop.topology.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;

/** Publishes requests and notes in the ledger where each one stands. For one thread. */
final class Publishing implements AutoCloseable {
  private final Ledger ledger;
  private final CompletableFuture<String> stop;
  private final String topic;
  private final Registry registry;
  private final Producer<byte[], byte[]> producer;
  private final WireEncoder<ActionRequest> encoder;
  private long sent;

  /**
   * @param stop completes when Kafka does not take a request
   */
  Publishing(BackstopConfig config, Ledger ledger, CompletableFuture<String> stop) {
    this.ledger = ledger;
    this.stop = stop;
    this.topic = new Topics(config.topics().prefix()).requests();
    this.registry = new Registry(config.registry());
    this.encoder = new WireEncoder<>(registry, topic, ActionRequest.class);
    this.producer = RequestProducer.open(config);
  }

  void publish(DemoRequest request) {
    sent++;
    producer.send(
        request.encoded(topic, encoder),
        (metadata, failure) -> {
          if (failure == null) {
            ledger.published(request, new Coordinates(metadata.partition(), metadata.offset()));
          } else {
            stop.complete("Kafka does not take requests: " + failure.getMessage());
          }
        });
  }

  /** Returns when all that was published stands in Kafka, and so in the ledger. */
  void flush() {
    producer.flush();
  }

  /** How many records it was given. */
  long sent() {
    return sent;
  }

  @Override
  public void close() {
    try (producer) {
      registry.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
