package io.backstop.replay;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/** Lets records pass the test driver's topics as the objects that they are. */
final class TypedTopic {
  private final List<SpecificRecord> records = new ArrayList<>();

  Serializer<SpecificRecord> serializer() {
    return (topic, record) -> {
      if (record == null) {
        return null;
      }
      records.add(record);
      return ByteBuffer.allocate(Integer.BYTES).putInt(records.size() - 1).array();
    };
  }

  Deserializer<SpecificRecord> deserializer() {
    return (topic, bytes) -> bytes == null ? null : records.get(ByteBuffer.wrap(bytes).getInt());
  }
}
