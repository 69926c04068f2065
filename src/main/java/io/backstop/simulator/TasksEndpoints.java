package io.backstop.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Creating tasks in Google Tasks, and listing task lists, as health checks do. */
final class TasksEndpoints implements ServiceEmulation {
  private static final Set<String> STATUSES = Set.of("needsAction", "completed");
  private static final int MOST_TITLE = 1_024;
  private static final int MOST_NOTES = 8_192;

  private final RouteTable routes =
      new RouteTable(GoogleErrors::unknownUrl)
          .on(
              "POST",
              "/tasks/v1/lists/{}/tasks",
              Route.action("createTask", guarded(this::createTask)))
          .on("GET", "/tasks/v1/users/@me/lists", Route.lookup("whoAmI", guarded(this::lists)));

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

  private Reply createTask(Call call) {
    Optional<JsonNode> body = call.json().filter(JsonNode::isObject);
    if (body.isEmpty()) {
      return GoogleErrors.badJson();
    }
    if (Ids.unknown(call.segment(4))) {
      return GoogleErrors.error(404, "Task list not found.", "notFound");
    }
    JsonNode task = body.get();
    String status = task.path("status").asText("needsAction");
    if (isLonger(task, "title", MOST_TITLE)
        || isLonger(task, "notes", MOST_NOTES)
        || !STATUSES.contains(status)) {
      return invalid();
    }
    ObjectNode created = Json.object().put("kind", "tasks#task");
    created.put("id", Ids.hex16(call.draws().bits(Draws.Purpose.ID)));
    created.put("title", task.path("title").asText("")).put("status", status);
    if (task.has("notes")) {
      created.put("notes", task.path("notes").asText());
    }
    if (task.has("due")) {
      Optional<String> due = date(task.path("due").asText());
      if (due.isEmpty()) {
        return invalid();
      }
      created.put("due", due.get());
    }
    return Reply.json(200, created).withEffect();
  }

  private static boolean isLonger(JsonNode task, String field, int most) {
    return task.path(field).asText("").length() > most;
  }

  /** Google keeps the date only. */
  private static Optional<String> date(String due) {
    try {
      OffsetDateTime day = OffsetDateTime.parse(due).truncatedTo(ChronoUnit.DAYS);
      return Optional.of(day.withOffsetSameLocal(ZoneOffset.UTC).toLocalDate() + "T00:00:00.000Z");
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private Reply lists(Call call) {
    ObjectNode answer = Json.object();
    answer.putArray("items").addObject().put("id", "MDAwMDAwMDAwMDAwMDAwMDAwMDA6MDow");
    return Reply.json(200, answer);
  }

  private static Reply invalid() {
    return GoogleErrors.error(400, "Request contains an invalid argument.", "invalid");
  }
}
