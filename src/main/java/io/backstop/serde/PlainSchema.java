package io.backstop.serde;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.apache.avro.Schema;

/** A schema as the registry and other languages should see it: without hints for Java. */
public final class PlainSchema {
  private static final String JAVA_HINT = "avro.java.string";

  private PlainSchema() {}

  /** {@code schema} without Java's string hints; docs and defaults stay. */
  public static Schema of(Schema schema) {
    try {
      var json = new ObjectMapper().readTree(schema.toString());
      return new Schema.Parser().parse(plain(json).toString());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("schema " + schema.getFullName() + " is not JSON", e);
    }
  }

  private static JsonNode plain(JsonNode node) {
    if (node instanceof ArrayNode array) {
      var plain = array.arrayNode();
      array.forEach(item -> plain.add(plain(item)));
      return plain;
    } else if (node instanceof ObjectNode object) {
      return plainObject(object);
    }
    return node;
  }

  private static JsonNode plainObject(ObjectNode object) {
    var plain = object.objectNode();
    object.properties().forEach(entry -> plain.set(entry.getKey(), plain(entry.getValue())));
    var hinted = plain.remove(JAVA_HINT) != null;
    var isOnlyString = plain.size() == 1 && "string".equals(plain.path("type").asText());
    return hinted && isOnlyString ? TextNode.valueOf("string") : plain;
  }
}
