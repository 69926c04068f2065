package io.backstop.client;

import io.backstop.config.BackstopConfig;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The Kafka producer that requests and commands are published with. */
public final class RequestProducer {
  private RequestProducer() {}

  /** The same for records up to a size, in bytes, that is more than Kafka's usual one. */
  static Producer<byte[], byte[]> open(BackstopConfig config, int mostBytes) {
    return open(config, Map.of(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, mostBytes));
  }

  /** Confirms a record only when all replicas have it, and gives up on a broker after a minute. */
  public static Producer<byte[], byte[]> open(BackstopConfig config) {
    return open(config, Map.of());
  }

  private static Producer<byte[], byte[]> open(BackstopConfig config, Map<String, Object> own) {
    var bytes = new ByteArraySerializer();
    var settings = new HashMap<String, Object>();
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 10);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 60_000);
    settings.putAll(config.kafka().properties());
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, config.kafka().bootstrapServers());
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.putAll(own);
    return new KafkaProducer<>(Map.copyOf(settings), bytes, bytes);
  }
}
