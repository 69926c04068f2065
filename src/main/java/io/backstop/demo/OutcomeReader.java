package io.backstop.demo;

import io.backstop.action.ActionResult;
import io.backstop.action.DeadLetter;
import io.backstop.client.Start;
import io.backstop.client.TopicReader;
import io.backstop.config.BackstopConfig;
import io.backstop.serde.Registry;
import io.backstop.topology.Topics;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Follows results and dead letters from their beginning, as any consumer with read_committed would,
 * into a ledger. Each topic has a thread of its own.
 */
final class OutcomeReader implements AutoCloseable {
  private final BackstopConfig config;
  private final List<CompletableFuture<Void>> readings;
  private volatile boolean open = true;

  private OutcomeReader(BackstopConfig config, Ledger ledger) {
    this.config = config;
    var topics = new Topics(config.topics().prefix());
    this.readings =
        List.of(
            follow(topics.results(), value -> ledger.result((ActionResult) value)),
            follow(topics.deadLetters(), value -> ledger.deadLetter((DeadLetter) value)));
  }

  static OutcomeReader start(BackstopConfig config, Ledger ledger) {
    return new OutcomeReader(config, ledger);
  }

  /** Completes exceptionally when a topic cannot be read on. */
  CompletableFuture<Object> failure() {
    return CompletableFuture.anyOf(readings.toArray(CompletableFuture[]::new));
  }

  private CompletableFuture<Void> follow(String topic, Consumer<Object> sink) {
    return CompletableFuture.runAsync(
        () -> read(topic, sink), task -> new Thread(task, "demo-reads-" + topic).start());
  }

  private void read(String topic, Consumer<Object> sink) {
    try (var registry = new Registry(config.registry());
        var deserializer = new KafkaAvroDeserializer(registry.client());
        var reader = TopicReader.open(config, topic)) {
      deserializer.configure(registry.deserializerProperties(), false);
      reader.follow(
          new Start.Beginning(),
          rec -> {
            sink.accept(deserializer.deserialize(topic, rec.headers(), rec.value()));
            return true;
          },
          () -> open);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    open = false;
    for (var reading : readings) {
      reading.handle((done, failure) -> done).join();
    }
  }
}
