package io.backstop.demo;

import io.backstop.client.Start;
import io.backstop.client.TopicReader;
import io.backstop.config.BackstopConfig;
import io.backstop.serde.Registry;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Follows one topic from its beginning on a thread of its own, as any consumer with read_committed
 * would.
 */
final class TopicFollowing implements AutoCloseable {
  private final BackstopConfig config;
  private final String topic;
  private final Consumer<Object> sink;
  private final CompletableFuture<Void> reading;
  private volatile boolean open = true;

  private TopicFollowing(BackstopConfig config, String topic, Consumer<Object> sink) {
    this.config = config;
    this.topic = topic;
    this.sink = sink;
    this.reading =
        CompletableFuture.runAsync(
            this::read, task -> new Thread(task, "demo-reads-" + topic).start());
  }

  /**
   * @param sink gets each value, on the thread of this topic
   */
  static TopicFollowing start(BackstopConfig config, String topic, Consumer<Object> sink) {
    return new TopicFollowing(config, topic, sink);
  }

  /** Completes when it is closed; exceptionally when the topic cannot be read on. */
  CompletableFuture<Void> reading() {
    return reading;
  }

  private void read() {
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

  /** Returns when its thread has ended. */
  @Override
  public void close() {
    open = false;
    reading.handle((done, failure) -> done).join();
  }
}
