package io.backstop.serde;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Reads people's JSON into the generated Avro classes by walking the schema. Absent fields take
 * their defaults; an unknown field, a wrong type or a missing value is an error that names its
 * path.
 */
public final class AvroFromJson {
  /** Text fields whose content is JSON by contract: there a JSON value may stand as it is. */
  private static final Set<String> JSON_TEXT =
      Set.of("filter", "sorts", "properties", "defaultValue", "json");

  static {
    TrustedRecords.trust();
  }

  private AvroFromJson() {}

  /**
   * @param path where the value stands, for messages: {@code payload}
   */
  public static SpecificRecord rec(Schema schema, JsonNode json, String path)
      throws InvalidJsonException {
    if (!json.isObject()) {
      throw wrong(path, "must be an object", json);
    }
    List<String> known = schema.getFields().stream().map(Schema.Field::name).toList();
    for (var name = json.fieldNames(); name.hasNext(); ) {
      requireKnown(name.next(), known, path, schema.getName());
    }
    var rec = (SpecificRecord) SpecificData.get().newRecord(null, schema);
    for (Schema.Field field : schema.getFields()) {
      String fieldPath = path + "." + field.name();
      JsonNode value = json.get(field.name());
      rec.put(
          field.pos(),
          value == null
              ? absent(field, fieldPath)
              : value(field.schema(), value, fieldPath, field.name()));
    }
    return rec;
  }

  /** The default of a field that was not given. */
  public static Object absent(Schema.Field field, String path) throws InvalidJsonException {
    if (!field.hasDefaultValue()) {
      throw new InvalidJsonException(path + " is missing: " + field.doc());
    }
    return SpecificData.get().getDefaultValue(field);
  }

  public static void requireKnown(String name, List<String> known, String path, String owner)
      throws InvalidJsonException {
    if (!known.contains(name)) {
      String full = path.isEmpty() ? name : path + "." + name;
      throw new InvalidJsonException(
          full + " is not a field of " + owner + ": " + Nearest.hint(name, known));
    }
  }

  /**
   * @param field the record field that the value belongs to, itself or as an item
   */
  public static Object value(Schema schema, JsonNode json, String path, String field)
      throws InvalidJsonException {
    return switch (schema.getType()) {
      case RECORD -> rec(schema, json, path);
      case UNION -> union(schema, json, path, field);
      case ARRAY -> array(schema, json, path, field);
      case MAP -> map(schema, json, path, field);
      case ENUM -> symbol(schema, json, path);
      case STRING -> text(json, path, field);
      case BYTES -> bytes(json, path);
      case LONG -> schema.getLogicalType() == null ? whole(json, path) : instant(json, path);
      case INT -> Math.toIntExact(whole(json, path, Integer.MIN_VALUE, Integer.MAX_VALUE));
      case DOUBLE -> decimal(json, path);
      case BOOLEAN -> bool(json, path);
      default -> throw new IllegalArgumentException("no JSON form for " + schema.getType());
    };
  }

  /** Takes the one branch beside null, or among several primitive ones the one of JSON's type. */
  private static Object union(Schema union, JsonNode json, String path, String field)
      throws InvalidJsonException {
    if (json.isNull()) {
      if (union.isNullable()) {
        return null;
      }
      throw wrong(path, "must have a value", json);
    }
    List<Schema> branches =
        union.getTypes().stream().filter(each -> each.getType() != Schema.Type.NULL).toList();
    if (branches.size() == 1) {
      return value(branches.get(0), json, path, field);
    }
    for (Schema branch : branches) {
      if (fits(branch.getType(), json)) {
        return value(branch, json, path, field);
      }
    }
    throw wrong(path, "must be text, a number, true or false", json);
  }

  private static boolean fits(Schema.Type branch, JsonNode json) {
    return switch (branch) {
      case BOOLEAN -> json.isBoolean();
      case LONG -> json.isIntegralNumber() && json.canConvertToLong();
      case DOUBLE -> json.isNumber();
      case STRING -> json.isTextual();
      default -> false;
    };
  }

  private static List<Object> array(Schema schema, JsonNode json, String path, String field)
      throws InvalidJsonException {
    if (!json.isArray()) {
      throw wrong(path, "must be a list", json);
    }
    var items = new ArrayList<>(json.size());
    for (JsonNode item : json) {
      items.add(value(schema.getElementType(), item, path + "[" + items.size() + "]", field));
    }
    return items;
  }

  /** Sorted by name, so that equal content has equal bytes. */
  private static TreeMap<String, Object> map(
      Schema schema, JsonNode json, String path, String field) throws InvalidJsonException {
    if (!json.isObject()) {
      throw wrong(path, "must be an object", json);
    }
    var entries = new TreeMap<String, Object>();
    for (var entry : json.properties()) {
      String name = entry.getKey();
      entries.put(name, value(schema.getValueType(), entry.getValue(), path + "." + name, field));
    }
    return entries;
  }

  private static Object symbol(Schema schema, JsonNode json, String path)
      throws InvalidJsonException {
    if (!json.isTextual() || !schema.hasEnumSymbol(json.textValue())) {
      String symbols = String.join(", ", schema.getEnumSymbols());
      throw wrong(path, "must be one of " + symbols, json);
    }
    return SpecificData.get().createEnum(json.textValue(), schema);
  }

  public static String text(JsonNode json, String path, String field) throws InvalidJsonException {
    if (json.isTextual()) {
      return json.textValue();
    } else if (json.isContainerNode() && JSON_TEXT.contains(field)) {
      return json.toString();
    }
    throw wrong(path, "must be text in quotes", json);
  }

  private static ByteBuffer bytes(JsonNode json, String path) throws InvalidJsonException {
    if (json.isTextual()) {
      try {
        return ByteBuffer.wrap(json.binaryValue());
      } catch (IOException e) {
        // falls through to the same message as for another type
      }
    }
    throw wrong(path, "must be base64 text", json);
  }

  private static Instant instant(JsonNode json, String path) throws InvalidJsonException {
    try {
      if (json.isTextual()) {
        Instant instant = OffsetDateTime.parse(json.textValue()).toInstant();
        return Instant.ofEpochMilli(instant.toEpochMilli());
      } else if (json.isIntegralNumber() && json.canConvertToLong()) {
        return Instant.ofEpochMilli(json.longValue());
      }
    } catch (DateTimeException | ArithmeticException e) {
      // falls through to the same message as for another type
    }
    throw wrong(path, "must be a time like \"2026-11-22T12:00:00Z\" or epoch milliseconds", json);
  }

  private static long whole(JsonNode json, String path) throws InvalidJsonException {
    return whole(json, path, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private static long whole(JsonNode json, String path, long least, long most)
      throws InvalidJsonException {
    if (!json.isIntegralNumber()
        || !json.canConvertToLong()
        || json.longValue() < least
        || json.longValue() > most) {
      throw wrong(path, "must be a whole number from " + least + " to " + most, json);
    }
    return json.longValue();
  }

  private static double decimal(JsonNode json, String path) throws InvalidJsonException {
    if (!json.isNumber()) {
      throw wrong(path, "must be a number", json);
    }
    return json.doubleValue();
  }

  private static boolean bool(JsonNode json, String path) throws InvalidJsonException {
    if (!json.isBoolean()) {
      throw wrong(path, "must be true or false", json);
    }
    return json.booleanValue();
  }

  public static InvalidJsonException wrong(String path, String mend, JsonNode found) {
    String shown = found.toString();
    return new InvalidJsonException(
        path + " " + mend + ", but is " + (shown.length() > 60 ? kind(found) : shown));
  }

  private static String kind(JsonNode json) {
    return switch (json.getNodeType()) {
      case OBJECT -> "an object";
      case ARRAY -> "a list";
      case STRING -> "\"" + json.textValue().substring(0, 40) + "...\"";
      default -> "another value";
    };
  }
}
