package io.backstop.topology;

import io.backstop.action.CachedResult;
import io.backstop.serde.Decoded;
import io.backstop.serde.WireDecoder;
import java.time.Duration;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads cached results on the thread of the global stores, which may wait for the registry. What
 * cannot be read takes away what was cached under its key before: it is a miss, not a wrong answer.
 */
final class CachedResultDeserializer implements Deserializer<CachedResult> {
  private static final Logger LOG = LoggerFactory.getLogger(CachedResultDeserializer.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final WireDecoder<CachedResult> decoder;

  CachedResultDeserializer(WireDecoder<CachedResult> decoder) {
    this.decoder = decoder;
  }

  @Override
  public CachedResult deserialize(String topic, byte[] value) {
    if (value == null) {
      return null;
    }
    Decoded<CachedResult> decoded = decoder.decodeFetching(value, PATIENCE);
    if (decoded instanceof Decoded.Value<CachedResult> cached) {
      return cached.value();
    }
    LOG.warn("cached result not readable topic={} state={}", topic, decoded);
    return null;
  }
}
