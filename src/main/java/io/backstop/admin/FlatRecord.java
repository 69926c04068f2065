package io.backstop.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.serde.TrustedRecords;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Reads what another instance answered, a record without records in it. The other may be of another
 * version: what this one does not know is left out, what it misses takes its default.
 */
final class FlatRecord {
  static {
    TrustedRecords.trust();
  }

  private FlatRecord() {}

  /**
   * @throws IllegalArgumentException when a member without default is missing or wrong
   */
  static <T extends SpecificRecord> T read(Class<T> type, Schema schema, ObjectNode json) {
    SpecificRecord rec = (SpecificRecord) SpecificData.get().newRecord(null, schema);
    for (Schema.Field field : schema.getFields()) {
      JsonNode given = json.get(field.name());
      rec.put(field.pos(), given == null ? absent(field) : value(field.schema(), given));
    }
    return type.cast(rec);
  }

  private static Object absent(Schema.Field field) {
    if (!field.hasDefaultValue()) {
      throw new IllegalArgumentException(field.name() + " is missing");
    }
    return SpecificData.get().getDefaultValue(field);
  }

  private static Object value(Schema schema, JsonNode json) {
    return switch (schema.getType()) {
      case UNION -> json.isNull() ? null : value(present(schema), json);
      case STRING -> json.asText();
      case INT -> json.asInt();
      case LONG -> schema.getLogicalType() == null ? (Object) json.asLong() : instant(json);
      case ARRAY -> list(schema.getElementType(), json);
      case ENUM -> symbol(schema, json.asText());
      default -> throw new IllegalArgumentException("not flat: " + schema);
    };
  }

  private static List<Object> list(Schema element, JsonNode json) {
    List<Object> list = new ArrayList<>();
    json.forEach(each -> list.add(value(element, each)));
    return list;
  }

  private static Schema present(Schema union) {
    return union.getTypes().stream()
        .filter(branch -> branch.getType() != Schema.Type.NULL)
        .findFirst()
        .orElseThrow();
  }

  private static Instant instant(JsonNode json) {
    try {
      return Instant.parse(json.asText());
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Object symbol(Schema schema, String name) {
    String known = schema.hasEnumSymbol(name) ? name : schema.getEnumDefault();
    return SpecificData.get().createEnum(known, schema);
  }
}
