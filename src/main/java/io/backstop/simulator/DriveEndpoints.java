package io.backstop.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Drive's uploads and folders; a file under an id that is in use is refused with 409. */
final class DriveEndpoints implements ServiceEmulation {
  private static final int MOST_IDS = 1000;

  private final DriveFiles files = new DriveFiles();
  private final KeyLog usedIds = new KeyLog(KeyLog.DEFAULT_GENERATION);
  private final RouteTable routes =
      new RouteTable(GoogleErrors::unknownUrl)
          .on(
              "GET",
              "/drive/v3/files/generateIds",
              Route.lookup("generateIds", guarded(this::generateIds)))
          .on("GET", "/drive/v3/files", Route.lookup("search", guarded(this::search)))
          .on(
              "POST",
              "/upload/drive/v3/files",
              Route.action("upload", guarded(this::upload))
                  .withOwnKey(call -> DriveMultipart.parse(call).metadataId()))
          .on(
              "POST",
              "/drive/v3/files",
              Route.action("createFile", guarded(this::create))
                  .withOwnKey(
                      call -> call.json().map(body -> body.path("id").textValue()).orElse(null)))
          .on("GET", "/drive/v3/about", Route.lookup("whoAmI", guarded(this::about)));

  @Override
  public RouteTable routes() {
    return routes;
  }

  @Override
  public Reply failure(int status, String reason) {
    return GoogleErrors.failure(status, reason);
  }

  private Function<Call, Reply> guarded(Function<Call, Reply> handler) {
    return call -> GoogleErrors.refusal(call).orElseGet(() -> handler.apply(call));
  }

  private Reply generateIds(Call call) {
    String asked = call.parameter("count");
    int count;
    try {
      count = asked == null ? 10 : Integer.parseInt(asked);
    } catch (NumberFormatException e) {
      count = 0;
    }
    if (count < 1 || count > MOST_IDS) {
      return GoogleErrors.error(
          400,
          "Invalid value '" + asked + "'. Values must be within the range: [1, 1000]",
          "invalidParameter");
    }
    ObjectNode answer = Json.object().put("kind", "drive#generatedIds").put("space", "drive");
    ArrayNode ids = answer.putArray("ids");
    for (int i = 0; i < count; i++) {
      ids.add(DriveId.generate(call.draws().bits(Draws.Purpose.ID) + i));
    }
    return Reply.json(200, answer);
  }

  private Reply upload(Call call) {
    String type = call.parameter("uploadType");
    if (!"multipart".equals(type)) {
      return GoogleErrors.error(400, "Bad uploadType: " + type, "badRequest");
    }
    DriveMultipart parts = DriveMultipart.parse(call);
    if (parts.problem() != null) {
      return GoogleErrors.error(400, parts.problem(), "badRequest");
    }
    return file(call, parts.metadata());
  }

  private Reply create(Call call) {
    Optional<JsonNode> body = call.body().length == 0 ? Optional.of(Json.object()) : call.json();
    if (body.isEmpty() || !body.get().isObject()) {
      return GoogleErrors.badJson();
    }
    return file(call, body.get());
  }

  private Reply file(Call call, JsonNode metadata) {
    for (JsonNode parent : metadata.path("parents")) {
      if (Ids.unknown(parent.asText())) {
        return GoogleErrors.error(404, "File not found: " + parent.asText() + ".", "notFound");
      }
    }
    String id = metadata.path("id").asText("");
    if (id.isEmpty()) {
      id = DriveId.generate(call.draws().bits(Draws.Purpose.ID));
    } else if (!DriveId.isGenerated(id)) {
      return GoogleErrors.error(400, "The provided file ID is not usable.", "invalid");
    }
    if (!usedIds.add(KeyHash.of(id))) {
      return GoogleErrors.error(409, "A file already exists with the provided ID.", "fileIdInUse");
    }
    ObjectNode file = Json.object().put("kind", "drive#file").put("id", id);
    file.put("name", metadata.path("name").asText("Untitled"));
    file.put("mimeType", metadata.path("mimeType").asText("application/octet-stream"));
    files.add(properties(metadata), file);
    return Reply.json(200, file).withEffect();
  }

  private static List<Map.Entry<String, String>> properties(JsonNode metadata) {
    return metadata.path("appProperties").properties().stream()
        .map(property -> Map.entry(property.getKey(), property.getValue().asText()))
        .toList();
  }

  private Reply search(Call call) {
    String query = call.parameter("q");
    if (!DriveFiles.understands(query)) {
      return GoogleErrors.error(400, "Invalid Value", "invalid");
    }
    ObjectNode answer = Json.object();
    ArrayNode found = answer.putArray("files");
    files.find(query).ifPresent(found::add);
    return Reply.json(200, answer);
  }

  private Reply about(Call call) {
    if (call.parameter("fields") == null) {
      return GoogleErrors.error(
          400, "The 'fields' parameter is required for this method.", "required");
    }
    ObjectNode about = Json.object().put("kind", "drive#about");
    about.putObject("user").put("emailAddress", "simulated@example.com");
    return Reply.json(200, about);
  }
}
