package io.backstop.torture;

import io.backstop.action.ActionRequest;
import io.backstop.client.RequestProducer;
import io.backstop.config.BackstopConfig;
import io.backstop.serde.Registry;
import io.backstop.serde.WireEncoder;
import io.backstop.topology.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Publishes the load at an even pace. */
final class Publisher implements AutoCloseable {
  /** Header with the id of the record, for what cannot be decoded. */
  static final String ID = "torture-id";

  /** Header with the idempotency key; none with poison. */
  static final String KEY = "torture-key";

  private final String topic;
  private final Registry registry;
  private final WireEncoder<ActionRequest> encoder;
  private final Producer<byte[], byte[]> producer;
  private final NewerSchema newer;
  private final Load load;
  private final SteadyLoad steady = new SteadyLoad(this::publish);
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger ofNewerSchema = new AtomicInteger();
  private volatile boolean withNewerSchema;

  Publisher(BackstopConfig config, Load load) {
    this.topic = new Topics(config.topics().prefix()).requests();
    this.registry = new Registry(config.registry());
    this.encoder = new WireEncoder<>(registry, topic, ActionRequest.class);
    this.newer = new NewerSchema(registry.client(), topic + "-value");
    this.producer = RequestProducer.open(config);
    this.load = load;
  }

  void start(int perSecond) {
    steady.start(perSecond);
  }

  /** Registers a version of the schema that no processor knows, for the records from now on. */
  void changeSchema() {
    newer.register();
    withNewerSchema = true;
  }

  /** Back to the version that all know. */
  void restoreSchema() {
    withNewerSchema = false;
  }

  /** Ends the load; returns when all of it stands in Kafka. */
  void finish() {
    steady.finish();
    producer.flush();
  }

  /** How many records could not be made, so that the load was smaller than planned. */
  int notMade() {
    return steady.failed();
  }

  /** How many records the broker did not confirm within a minute. */
  int refused() {
    return refused.get();
  }

  /** How many requests came with a schema that no processor had seen. */
  int ofNewerSchema() {
    return ofNewerSchema.get();
  }

  private void publish() {
    Load.Item item = load.next();
    byte[] value = item.request().map(this::encoded).orElse(item.poison());
    var rec = new ProducerRecord<>(topic, utf8(item.recordKey()), value);
    rec.headers().add(ID, utf8(item.id()));
    item.request().ifPresent(it -> rec.headers().add(KEY, utf8(it.getIdempotencyKey())));
    try {
      producer.send(
          rec,
          (metadata, failure) -> {
            if (failure != null) {
              refused.incrementAndGet();
            }
          });
    } catch (KafkaException e) {
      refused.incrementAndGet();
    }
  }

  private byte[] encoded(ActionRequest request) {
    if (!withNewerSchema) {
      return encoder.encode(request);
    }
    ofNewerSchema.incrementAndGet();
    return newer.encode(request);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    steady.close();
    try (producer) {
      registry.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
