package io.backstop.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.executor.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * The form of an answer, or of a part of one: an object, each of whose members has a description.
 */
final class Answer {
  private final ObjectNode members = Json.object();
  private final List<Schema> records = new ArrayList<>();
  private Optional<Schema> beside = Optional.empty();

  private Answer() {}

  static Answer object() {
    return new Answer();
  }

  /** One that has all members of a record, too. */
  static Answer besides(Schema record) {
    Answer answer = new Answer();
    answer.beside = Optional.of(record);
    answer.records.add(record);
    return answer;
  }

  /**
   * @param type of JSON; with a question mark for one that can be null
   */
  Answer with(String name, String type, String what) {
    return with(name, typed(type), what);
  }

  Answer withTime(String name, String what) {
    return with(name, typed("string?").put("format", "date-time"), what);
  }

  /** With a record, which can be null. */
  Answer with(String name, Schema record, String what) {
    records.add(record);
    ObjectNode schema = Json.object();
    schema.putArray("anyOf").add(typed("null")).add(AvroJsonSchema.reference(record));
    return with(name, schema, what);
  }

  Answer withList(String name, Answer items, String what) {
    records.addAll(items.records);
    return withList(name, items.schema(), what);
  }

  Answer withNumbers(String name, String what) {
    return withList(name, typed("integer"), what);
  }

  /** With the members that say whether all instances have answered. */
  Answer gathered() {
    Answer missing =
        object()
            .with("instance", "string?", "Who would have it; null when nobody is known to.")
            .withNumbers("partitions", "Partitions of the dead letters that are left out.")
            .with("why", "string", "For people.");
    return with("partial", "boolean", "Whether something is left out because it is away.")
        .withList(Missing.MEMBER, missing, "What is left out, and why.");
  }

  private Answer withList(String name, ObjectNode items, String what) {
    ObjectNode list = typed("array");
    list.set("items", items);
    return with(name, list, what);
  }

  private Answer with(String name, ObjectNode schema, String what) {
    members.set(name, schema.put("description", what));
    return this;
  }

  private static ObjectNode typed(String type) {
    if (!type.endsWith("?")) {
      return Json.object().put("type", type);
    }
    ObjectNode schema = Json.object();
    schema.putArray("type").add(type.substring(0, type.length() - 1)).add("null");
    return schema;
  }

  /** The records that the form refers to. */
  List<Schema> records() {
    return List.copyOf(records);
  }

  /** The form as JSON Schema. */
  ObjectNode schema() {
    ObjectNode own = Json.object().put("type", "object");
    own.set("properties", members);
    if (beside.isEmpty()) {
      return own;
    } else if (members.isEmpty()) {
      return AvroJsonSchema.reference(beside.get());
    }
    ObjectNode both = Json.object();
    ArrayNode all = both.putArray("allOf");
    all.add(AvroJsonSchema.reference(beside.get())).add(own);
    return both;
  }
}
