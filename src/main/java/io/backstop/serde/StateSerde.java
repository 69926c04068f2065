package io.backstop.serde;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Store values that outlive an upgrade: Avro single-object encoding, whose header names the writing
 * version, read with the schema of any version in the committed history. Needs no registry. Safe
 * for use by several threads.
 */
public final class StateSerde<T extends SpecificRecord> implements Serde<T> {
  private static final int HEADER_SIZE = 10;

  private final String name;
  private final RecordEncoder<T> encoder;
  private final Map<Long, RecordDecoder<T>> decoders = new HashMap<>();

  /**
   * @throws IllegalStateException when the record has no committed history
   */
  public StateSerde(Class<T> type) {
    this(type, SchemaHistory.of("state/" + type.getSimpleName()));
  }

  /**
   * For a record that travels on a topic too, and so has its history among those of the topics.
   *
   * @throws IllegalStateException when the record has no committed history
   */
  public static <T extends SpecificRecord> StateSerde<T> ofTopicRecord(Class<T> type) {
    return new StateSerde<>(type, SchemaHistory.of(type.getSimpleName()));
  }

  StateSerde(Class<T> type, List<Schema> history) {
    TrustedRecords.trust();
    this.name = type.getSimpleName();
    var current = SpecificData.getForClass(type).getSchema(type);
    if (history.isEmpty()) {
      throw new IllegalStateException("no history of " + name + " on the classpath");
    }
    history.forEach(version -> addVersion(type, version));
    addVersion(type, current);
    this.encoder = new RecordEncoder<>(type, header(current));
  }

  private void addVersion(Class<T> type, Schema version) {
    decoders.put(
        SchemaNormalization.parsingFingerprint64(version), new RecordDecoder<>(type, version));
  }

  private static byte[] header(Schema schema) {
    return ByteBuffer.allocate(HEADER_SIZE)
        .put((byte) 0xc3)
        .put((byte) 0x01)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(SchemaNormalization.parsingFingerprint64(schema))
        .array();
  }

  /** Null for null. */
  public byte[] encode(T value) {
    return value == null ? null : encoder.encode(value);
  }

  /**
   * Null for null.
   *
   * @throws SerializationException when a version that this one does not know, or something else,
   *     wrote the bytes
   */
  public T decode(byte[] bytes) {
    if (bytes == null) {
      return null;
    }
    try {
      return decoder(bytes).decode(bytes, HEADER_SIZE);
    } catch (IOException e) {
      throw new SerializationException("stored " + name + " is damaged: " + e.getMessage(), e);
    }
  }

  private RecordDecoder<T> decoder(byte[] bytes) {
    if (bytes.length < HEADER_SIZE || bytes[0] != (byte) 0xc3 || bytes[1] != 0x01) {
      throw new SerializationException("stored bytes are no " + name + " of this processor");
    }
    var fingerprint = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
    var decoder = decoders.get(fingerprint);
    if (decoder == null) {
      throw new SerializationException(
          "stored "
              + name
              + " was written by a version that this one does not know; run the newer version");
    }
    return decoder;
  }

  @Override
  public Serializer<T> serializer() {
    return (topic, value) -> encode(value);
  }

  @Override
  public Deserializer<T> deserializer() {
    return (topic, bytes) -> decode(bytes);
  }
}
