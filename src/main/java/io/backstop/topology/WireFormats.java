package io.backstop.topology;

import io.backstop.serde.Registry;
import io.backstop.serde.WireDecoder;
import io.backstop.serde.WireEncoder;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;

/** What the records of one process are written and read with. */
final class WireFormats implements AutoCloseable {
  private final Registry registry;
  private final Clock clock;
  private final List<WireDecoder<?>> decoders = new ArrayList<>();

  /**
   * @param clock tells when a schema may be asked for again
   */
  WireFormats(Registry registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
  }

  /** Has the registry know the schema of what others write to a topic. */
  void announce(String topic, Schema schema) {
    registry.announce(topic, schema);
  }

  /**
   * Asks the registry for the id of the schema.
   *
   * @throws io.backstop.config.StartupException when the registry does not have it
   */
  <T extends SpecificRecord> Serializer<T> serializer(String topic, Class<T> type) {
    WireEncoder<T> encoder = new WireEncoder<>(registry, topic, type);
    return (name, value) -> value == null ? null : encoder.encode(value);
  }

  /** Fetches the schemas that the topic was written with so far. */
  <T extends SpecificRecord> WireDecoder<T> decoder(String topic, Class<T> type) {
    WireDecoder<T> decoder = new WireDecoder<>(type, registry, clock);
    decoder.warmUp(topic + "-value").join();
    decoders.add(decoder);
    return decoder;
  }

  @Override
  public void close() {
    decoders.forEach(WireDecoder::close);
  }
}
