package io.backstop.serde;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * An Avro record as JSON for people and scripts: instants in ISO 8601, bytes in base64, no union
 * wrappers. {@link AvroFromJson} reads the same form.
 */
public final class AvroJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private AvroJson() {}

  public static ObjectNode of(IndexedRecord rec) {
    ObjectNode json = NODES.objectNode();
    for (Schema.Field field : rec.getSchema().getFields()) {
      json.set(field.name(), node(rec.get(field.pos())));
    }
    return json;
  }

  private static JsonNode node(Object value) {
    if (value == null) {
      return NODES.nullNode();
    } else if (value instanceof IndexedRecord rec) {
      return of(rec);
    } else if (value instanceof Collection<?> items) {
      var array = NODES.arrayNode();
      items.forEach(item -> array.add(node(item)));
      return array;
    } else if (value instanceof Map<?, ?> entries) {
      var object = NODES.objectNode();
      entries.forEach((name, item) -> object.set(name.toString(), node(item)));
      return object;
    } else if (value instanceof ByteBuffer bytes) {
      return NODES.binaryNode(bytes(bytes));
    } else if (value instanceof Boolean bool) {
      return NODES.booleanNode(bool);
    } else if (value instanceof Integer number) {
      return NODES.numberNode(number);
    } else if (value instanceof Long number) {
      return NODES.numberNode(number);
    } else if (value instanceof Double number) {
      return NODES.numberNode(number);
    } else if (value instanceof CharSequence || value instanceof Enum || value instanceof Instant) {
      return NODES.textNode(value.toString());
    }
    throw new IllegalArgumentException("no JSON form for a " + value.getClass().getName());
  }

  /** A copy of the bytes; the buffer's position stays. */
  static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
