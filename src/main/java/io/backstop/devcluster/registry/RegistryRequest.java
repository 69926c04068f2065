package io.backstop.devcluster.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.backstop.devcluster.registry.SchemaContent.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * One request, taken apart.
 *
 * @param path values of the route's placeholders
 * @param query decoded query parameters, the first of each name
 * @param body JSON; a missing node where there was none
 */
record RegistryRequest(Map<String, String> path, Map<String, String> query, JsonNode body) {

  String subject() {
    return path.get("subject");
  }

  String version() {
    return path.get("version");
  }

  int id() {
    try {
      return Integer.parseInt(path.get("id"));
    } catch (NumberFormatException e) {
      throw RegistryError.badRequest("schema id '" + path.get("id") + "' is not a number");
    }
  }

  boolean flag(String name) {
    return Boolean.parseBoolean(query.get(name));
  }

  String subjectPrefix() {
    return query.getOrDefault("subjectPrefix", "");
  }

  /** Which versions the client wants to see: by default those that are not deleted. */
  Predicate<SchemaVersion> listed() {
    if (flag("deletedOnly")) {
      return SchemaVersion::hidden;
    }
    return flag("deleted") ? version -> true : version -> !version.hidden();
  }

  /** The part of a list that {@code offset} and {@code limit} ask for. */
  <T> List<T> page(List<T> all) {
    int from = Math.min(all.size(), Math.max(0, number("offset", 0)));
    int limit = number("limit", -1);
    return limit < 0
        ? all.subList(from, all.size())
        : all.subList(from, (int) Math.min(all.size(), (long) from + limit));
  }

  /**
   * The schema in the body.
   *
   * @throws RegistryError when there is none, or one of a kind that this registry does not keep
   */
  SchemaContent schema() {
    var text = body.path("schema").asText("");
    if (text.isEmpty()) {
      throw RegistryError.invalidSchema("the body has no field schema");
    }
    var type = body.path("schemaType").asText("AVRO");
    if (!type.equals("AVRO") && !type.equals("null")) {
      throw RegistryError.invalidSchema("type " + type + " is not supported here, only AVRO");
    }
    if (body.hasNonNull("metadata") || body.hasNonNull("ruleSet")) {
      throw RegistryError.invalidSchema("metadata and rule sets are not supported here");
    }
    return new SchemaContent(text, references());
  }

  private List<Reference> references() {
    var references = new ArrayList<Reference>();
    for (var node : body.path("references")) {
      references.add(
          new Reference(
              node.path("name").asText(),
              node.path("subject").asText(),
              node.path("version").asInt()));
    }
    return references;
  }

  private int number(String name, int absent) {
    var value = query.get(name);
    try {
      return value == null ? absent : Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw RegistryError.badRequest(name + " '" + value + "' is not a number");
    }
  }
}
