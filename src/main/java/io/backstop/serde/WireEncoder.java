package io.backstop.serde;

import io.backstop.config.StartupException;
import java.util.Objects;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Encodes records of one type for one topic in Confluent's wire format. The registry is asked once,
 * when it is made; encoding does no I/O. Safe for use by several threads.
 */
public final class WireEncoder<T extends SpecificRecord> {
  private final RecordEncoder<T> encoder;
  private final int schemaId;

  /**
   * @param topic the schema's subject is this name with {@code -value}
   * @throws StartupException when the registry cannot be reached, refuses the schema, or does not
   *     have it and registering is switched off
   */
  public WireEncoder(Registry registry, String topic, Class<T> type) {
    TrustedRecords.trust();
    var schema = SpecificData.getForClass(type).getSchema(type);
    this.schemaId = registry.schemaId(topic + "-value", schema);
    this.encoder = new RecordEncoder<>(type, WireFormat.header(schemaId));
  }

  /**
   * @throws RuntimeException when a field that must have a value has none
   */
  public byte[] encode(T value) {
    return encoder.encode(Objects.requireNonNull(value, "value"));
  }

  /** The id of the type's schema in the registry. */
  public int schemaId() {
    return schemaId;
  }
}
