package io.backstop.client;

import io.backstop.action.ActionRequest;
import io.backstop.serde.WireEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * One request as it goes to Kafka.
 *
 * @param key record key
 */
public record ParsedRequest(String key, ActionRequest request, List<Header> headers) {

  /** For {@code topic}, which {@code encoder} was made for. */
  public ProducerRecord<byte[], byte[]> encoded(String topic, WireEncoder<ActionRequest> encoder) {
    byte[] value = encoder.encode(request);
    return new ProducerRecord<>(topic, null, key.getBytes(StandardCharsets.UTF_8), value, headers);
  }
}
