package io.backstop.docker;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** {@code docker/compose.yaml}, with every variable at its default. */
final class ComposeFile {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{\\w+:-([^}]*)}");

  private final JsonNode tree = CommittedDocuments.yaml("docker/compose.yaml");

  private ComposeFile() {}

  static ComposeFile read() {
    return new ComposeFile();
  }

  JsonNode service(String name) {
    return tree.path("services").path(name);
  }

  List<String> services() {
    return List.copyOf(fields(tree.path("services")).keySet());
  }

  List<String> processors() {
    return services().stream().filter(name -> name.startsWith("processor-")).toList();
  }

  Map<String, String> environment(String service) {
    var variables = new LinkedHashMap<String, String>();
    fields(service(service).path("environment"))
        .forEach(
            (name, value) ->
                variables.put(name, VARIABLE.matcher(value.asText()).replaceAll("$1")));
    return variables;
  }

  private static Map<String, JsonNode> fields(JsonNode object) {
    var fields = new LinkedHashMap<String, JsonNode>();
    object.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
    return fields;
  }
}
