package io.backstop.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.executor.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;

/** The OpenAPI 3.1 document of the endpoints. */
final class OpenApi {
  private static final String TOKEN = "token";
  private static final String PROBLEM = "Problem";

  private OpenApi() {}

  static ObjectNode of(List<Endpoint> endpoints) {
    ObjectNode document = Json.object().put("openapi", "3.1.0");
    document
        .putObject("info")
        .put("title", "Backstop queries")
        .put("version", "1")
        .put("description", "Read-only. Any instance answers for the whole fleet.")
        .putObject("license")
        .put("name", "Apache-2.0")
        .put("identifier", "Apache-2.0");
    // without a token configured there is none to send
    ArrayNode security = document.putArray("security");
    security.addObject();
    security.addObject().putArray(TOKEN);
    ObjectNode paths = document.putObject("paths");
    Map<String, JsonNode> schemas = new TreeMap<>();
    schemas.put(PROBLEM, problem());
    schemas.put(MonitoringPaths.FORM, MonitoringPaths.form());
    for (Endpoint endpoint : endpoints) {
      for (Schema record : endpoint.answer().records()) {
        AvroJsonSchema.define(record, schemas);
      }
      paths.putObject(endpoint.path()).set("get", operation(endpoint));
    }
    MonitoringPaths.addTo(paths);
    ObjectNode components = document.putObject("components");
    schemas.forEach(components.putObject("schemas")::set);
    components
        .putObject("securitySchemes")
        .putObject(TOKEN)
        .put("type", "http")
        .put("scheme", "bearer")
        .put("description", "The value of backstop.query.token, where one is configured.");
    return document;
  }

  private static ObjectNode operation(Endpoint endpoint) {
    ObjectNode operation = Json.object().put("summary", endpoint.what());
    ArrayNode parameters = operation.putArray("parameters");
    endpoint.pathParameters().forEach(each -> parameters.add(parameter(each, "path")));
    endpoint.parameters().forEach(each -> parameters.add(parameter(each, "query")));
    ObjectNode responses = operation.putObject("responses");
    ObjectNode answer = responses.putObject("200").put("description", "The answer.");
    content(answer, "application/json").set("schema", endpoint.answer().schema());
    ObjectNode error = responses.putObject("default").put("description", "An error.");
    content(error, QueryProblem.MEDIA_TYPE)
        .putObject("schema")
        .put("$ref", "#/components/schemas/" + PROBLEM);
    return operation;
  }

  private static ObjectNode parameter(Parameter parameter, String in) {
    ObjectNode json =
        Json.object()
            .put("name", parameter.name())
            .put("in", in)
            .put("description", parameter.what());
    if (in.equals("path")) {
      json.put("required", true);
    }
    json.set("schema", parameter.type().schema());
    return json;
  }

  private static ObjectNode content(ObjectNode response, String mediaType) {
    return response.putObject("content").putObject(mediaType);
  }

  private static JsonNode problem() {
    return Answer.object()
        .with("type", "string", "about:blank")
        .with("title", "string", "The kind of error.")
        .with("status", "integer", "The HTTP status.")
        .with("detail", "string", "What is wrong and what to do, for people.")
        .with("parameter", "string", "The parameter that is wrong, where one is.")
        .schema()
        .put("description", "An error as RFC 9457 has it.");
  }
}
