package io.backstop.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Notion's pages and queries; its errors are JSON objects with a {@code code}. */
final class NotionEndpoints implements ServiceEmulation {
  /** From this version on databases consist of data sources, which are what is queried. */
  private static final String DATA_SOURCES_SINCE = "2025-09-03";

  private static final Pattern VERSION = Pattern.compile("20\\d\\d-\\d\\d-\\d\\d");
  private static final int MOST_HITS = 3;
  private static final Map<Integer, String> CODES =
      Map.of(
          400, "validation_error",
          401, "unauthorized",
          403, "restricted_resource",
          404, "object_not_found",
          409, "conflict_error",
          429, "rate_limited",
          503, "service_unavailable",
          504, "gateway_timeout");

  private final RouteTable routes =
      new RouteTable(this::unknownUrl)
          .on("POST", "/v1/pages", Route.action("createPage", guarded(this::createPage)))
          .on("PATCH", "/v1/pages/{}", Route.action("updatePage", guarded(this::updatePage)))
          .on("POST", "/v1/databases/{}/query", Route.action("query", guarded(this::queryDatabase)))
          .on(
              "POST",
              "/v1/data_sources/{}/query",
              Route.action("query", guarded(this::queryDataSource)))
          .on("GET", "/v1/users/me", Route.lookup("whoAmI", guarded(this::me)));

  @Override
  public RouteTable routes() {
    return routes;
  }

  @Override
  public Reply failure(int status, String reason) {
    String code = CODES.getOrDefault(status, "internal_server_error");
    return error(status, reason == null ? code : reason, "Injected failure.");
  }

  private Function<Call, Reply> guarded(Function<Call, Reply> handler) {
    return call -> refusal(call).orElseGet(() -> handler.apply(call));
  }

  private static Optional<Reply> refusal(Call call) {
    switch (Access.ofBearer(call)) {
      case MISSING, INVALID -> {
        return Optional.of(error(401, "unauthorized", "API token is invalid."));
      }
      case FORBIDDEN -> {
        return Optional.of(
            error(403, "restricted_resource", "Insufficient permissions for this endpoint."));
      }
      case GRANTED -> {}
    }
    String version = call.header("Notion-Version");
    if (version == null || version.isBlank()) {
      return Optional.of(
          error(
              400,
              "missing_version",
              "Notion-Version header failed validation: Notion-Version header should be defined,"
                  + " instead was `undefined`."));
    }
    if (!VERSION.matcher(version).matches()) {
      return Optional.of(
          invalid("Notion-Version header failed validation: unknown version `" + version + "`."));
    }
    return Optional.empty();
  }

  private Reply createPage(Call call) {
    Optional<JsonNode> body = call.json();
    if (body.isEmpty()) {
      return badJson();
    }
    return NotionRules.problemOfNewPage(body.get())
        .map(NotionEndpoints::invalid)
        .or(() -> unknownParent(body.get().path("parent")))
        .or(() -> unknownProperty(body.get()))
        .orElseGet(
            () -> {
              String id = Ids.uuid(call.draws());
              return Reply.json(200, page(id, body.get().path("parent"), body.get())).withEffect();
            });
  }

  private Reply updatePage(Call call) {
    String id = call.segment(3);
    Optional<Reply> wrongId = wrongId("page_id", "page", id);
    if (wrongId.isPresent()) {
      return wrongId.get();
    }
    Optional<JsonNode> body = call.json();
    if (body.isEmpty()) {
      return badJson();
    }
    return NotionRules.problemOfChange(body.get())
        .map(NotionEndpoints::invalid)
        .or(() -> unknownProperty(body.get()))
        .orElseGet(() -> Reply.json(200, page(id, null, body.get())).withEffect());
  }

  private Reply queryDatabase(Call call) {
    if (hasDataSources(call)) {
      return unknownUrl(call);
    }
    return query(call, "database_id", "database");
  }

  private Reply queryDataSource(Call call) {
    if (!hasDataSources(call)) {
      return unknownUrl(call);
    }
    return query(call, "data_source_id", "data_source");
  }

  private static boolean hasDataSources(Call call) {
    return call.header("Notion-Version").compareTo(DATA_SOURCES_SINCE) >= 0;
  }

  private Reply query(Call call, String parameter, String kind) {
    String id = call.segment(3);
    Optional<Reply> wrongId = wrongId(parameter, kind, id);
    if (wrongId.isPresent()) {
      return wrongId.get();
    }
    Optional<JsonNode> body = call.body().length == 0 ? Optional.of(Json.object()) : call.json();
    if (body.isEmpty()) {
      return badJson();
    }
    Optional<String> problem = NotionRules.problemOfQuery(body.get());
    if (problem.isPresent()) {
      return invalid(problem.get());
    }
    ObjectNode list = Json.object().put("object", "list");
    ArrayNode results = list.putArray("results");
    int hits = Math.min(MOST_HITS, body.get().path("page_size").asInt(100));
    ObjectNode parent = Json.object().put("type", parameter).put(parameter, id);
    for (int i = 0; i < hits; i++) {
      // Hits depend on what is queried only, so that a repeated query finds the same pages.
      Draws draws = new Draws(KeyHash.of(id), EmulatedService.NOTION, i);
      results.add(page(Ids.uuid(draws), parent, Json.object()));
    }
    list.putNull("next_cursor").put("has_more", false).put("type", "page_or_" + kind);
    return Reply.json(200, list);
  }

  private Reply me(Call call) {
    ObjectNode user = Json.object().put("object", "user");
    user.put("id", "6c2d8f5e-0000-4000-8000-00000000b075").put("name", "Simulated connection");
    user.put("type", "bot").putObject("bot").put("workspace_name", "Simulator");
    return Reply.json(200, user);
  }

  private static ObjectNode page(String id, JsonNode parent, JsonNode content) {
    ObjectNode page = Json.object().put("object", "page").put("id", id);
    page.put("archived", content.path("archived").asBoolean(false));
    page.put("in_trash", content.path("in_trash").asBoolean(false));
    if (parent != null) {
      page.set("parent", parent);
    }
    if (content.path("properties").isObject()) {
      page.set("properties", content.path("properties"));
    } else {
      page.putObject("properties");
    }
    return page.put("url", "https://www.notion.so/" + id.replace("-", ""));
  }

  private static Optional<Reply> unknownParent(JsonNode parent) {
    for (String kind : NotionRules.PARENTS) {
      String id = parent.path(kind).asText("");
      if (!id.isEmpty() && Ids.unknown(id)) {
        return Optional.of(notFound(kind.substring(0, kind.length() - "_id".length()), id));
      }
    }
    return Optional.empty();
  }

  private static Optional<Reply> unknownProperty(JsonNode body) {
    return NotionRules.names(body.path("properties")).stream()
        .filter(name -> name.contains("missing"))
        .findFirst()
        .map(name -> invalid(name + " is not a property that exists."));
  }

  private static Optional<Reply> wrongId(String parameter, String kind, String id) {
    if (Ids.unknown(id)) {
      return Optional.of(notFound(kind, id));
    }
    if (Ids.isUuid(id)) {
      return Optional.empty();
    }
    return Optional.of(
        invalid(
            "path failed validation: path."
                + parameter
                + " should be a valid uuid, instead was `\""
                + id
                + "\"`."));
  }

  private static Reply notFound(String kind, String id) {
    return error(
        404,
        "object_not_found",
        "Could not find "
            + kind
            + " with ID: "
            + id
            + ". Make sure the relevant pages and databases are shared with your integration.");
  }

  private Reply unknownUrl(Call call) {
    return error(400, "invalid_request_url", "Invalid request URL.");
  }

  private static Reply badJson() {
    return error(400, "invalid_json", "Error parsing JSON body.");
  }

  private static Reply invalid(String message) {
    return error(400, "validation_error", message);
  }

  private static Reply error(int status, String code, String message) {
    ObjectNode error = Json.object().put("object", "error").put("status", status);
    return Reply.json(status, error.put("code", code).put("message", message));
  }
}
