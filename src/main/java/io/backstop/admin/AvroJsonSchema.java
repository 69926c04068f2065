package io.backstop.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.executor.Json;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** The form that {@link io.backstop.serde.AvroJson} gives to records, as JSON Schema. */
final class AvroJsonSchema {
  private AvroJsonSchema() {}

  static ObjectNode reference(Schema record) {
    return Json.object().put("$ref", "#/components/schemas/" + record.getName());
  }

  /** Adds the schema of a record and of all that it refers to. */
  static void define(Schema schema, Map<String, JsonNode> components) {
    switch (schema.getType()) {
      case RECORD -> defineRecord(schema, components);
      case ENUM -> components.putIfAbsent(schema.getName(), enumeration(schema));
      case UNION -> schema.getTypes().forEach(branch -> define(branch, components));
      case ARRAY -> define(schema.getElementType(), components);
      case MAP -> define(schema.getValueType(), components);
      default -> {}
    }
  }

  private static void defineRecord(Schema record, Map<String, JsonNode> components) {
    if (components.containsKey(record.getName())) {
      return;
    }
    ObjectNode definition = Json.object().put("type", "object").put("description", record.getDoc());
    // before its fields: a record may hold itself
    components.put(record.getName(), definition);
    ObjectNode properties = definition.putObject("properties");
    for (Schema.Field field : record.getFields()) {
      define(field.schema(), components);
      ObjectNode property = of(field.schema());
      properties.set(
          field.name(), field.doc() == null ? property : property.put("description", field.doc()));
    }
  }

  private static ObjectNode enumeration(Schema schema) {
    ObjectNode definition = Json.object().put("type", "string").put("description", schema.getDoc());
    schema.getEnumSymbols().forEach(definition.putArray("enum")::add);
    return definition;
  }

  private static ObjectNode of(Schema schema) {
    return switch (schema.getType()) {
      case RECORD, ENUM -> reference(schema);
      case UNION -> union(schema);
      case ARRAY -> containing("array", "items", schema.getElementType());
      case MAP -> containing("object", "additionalProperties", schema.getValueType());
      case BYTES -> type("string").put("contentEncoding", "base64");
      case STRING -> type("string");
      case BOOLEAN -> type("boolean");
      case INT -> type("integer").put("format", "int32");
      case LONG ->
          schema.getLogicalType() instanceof LogicalTypes.TimestampMillis
              ? type("string").put("format", "date-time")
              : type("integer").put("format", "int64");
      case DOUBLE, FLOAT -> type("number");
      default -> throw new IllegalArgumentException("no JSON form for " + schema.getType());
    };
  }

  private static ObjectNode type(String name) {
    return Json.object().put("type", name);
  }

  private static ObjectNode containing(String type, String member, Schema content) {
    ObjectNode schema = type(type);
    schema.set(member, of(content));
    return schema;
  }

  private static ObjectNode union(Schema union) {
    List<Schema> branches = union.getTypes();
    if (branches.size() == 1) {
      return of(branches.get(0));
    }
    ObjectNode schema = Json.object();
    var any = schema.putArray("anyOf");
    branches.forEach(
        branch -> any.add(branch.getType() == Schema.Type.NULL ? type("null") : of(branch)));
    return schema;
  }
}
