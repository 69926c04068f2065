package io.backstop.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Writing and appending values in Sheets, and asking for a spreadsheet, as health checks do. */
final class SheetsEndpoints implements ServiceEmulation {
  private static final Pattern RANGE =
      Pattern.compile(
          "(?:(?:'[^']+'|[\\p{L}\\p{N}_ ]+)!)?[A-Za-z]{1,3}[0-9]*(?::[A-Za-z]{1,3}[0-9]*)?"
              + "|(?:'[^']+'|[\\p{L}\\p{N}_ ]+)(?:![0-9]+:[0-9]+)?");
  private static final Set<String> INPUT_OPTIONS = Set.of("RAW", "USER_ENTERED");
  private static final String APPEND = ":append";

  private final RouteTable routes =
      new RouteTable(GoogleErrors::unknownUrl)
          .on("GET", "/v4/spreadsheets/{}", Route.lookup("whoAmI", guarded(this::spreadsheet)))
          .on("PUT", "/v4/spreadsheets/{}/values/{}", Route.action("update", guarded(this::update)))
          .on(
              "POST",
              "/v4/spreadsheets/{}/values/{}:append",
              Route.action("append", guarded(this::append)));

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

  private Reply spreadsheet(Call call) {
    String id = call.segment(3);
    return Ids.unknown(id)
        ? GoogleErrors.error(404, "Requested entity was not found.", "notFound")
        : Reply.json(200, Json.object().put("spreadsheetId", id));
  }

  private Reply update(Call call) {
    String range = call.segment(5);
    return problem(call, range).orElseGet(() -> Reply.json(200, updates(call, range)).withEffect());
  }

  private Reply append(Call call) {
    String segment = call.segment(5);
    String range = segment.substring(0, segment.length() - APPEND.length());
    return problem(call, range)
        .orElseGet(
            () -> {
              ObjectNode answer = Json.object().put("spreadsheetId", call.segment(3));
              answer.put("tableRange", range).set("updates", updates(call, range));
              return Reply.json(200, answer).withEffect();
            });
  }

  private static Optional<Reply> problem(Call call, String range) {
    if (Ids.unknown(call.segment(3))) {
      return refused(404, "Requested entity was not found.", "notFound");
    }
    String option = call.parameter("valueInputOption");
    if (option == null || option.isEmpty()) {
      return Optional.of(GoogleErrors.missingParameter("valueInputOption"));
    }
    if (!INPUT_OPTIONS.contains(option)) {
      return refused(
          400, "Invalid value at 'value_input_option': \"" + option + "\"", "badRequest");
    }
    if (range.contains("missing") || !RANGE.matcher(range).matches()) {
      return refused(400, "Unable to parse range: " + range, "badRequest");
    }
    Optional<JsonNode> body = call.json();
    if (body.isEmpty() || !body.get().isObject()) {
      return Optional.of(GoogleErrors.badJson());
    }
    return problem(body.get(), range);
  }

  private static Optional<Reply> problem(JsonNode body, String range) {
    JsonNode named = body.path("range");
    if (!named.isMissingNode() && !named.asText().equals(range)) {
      return refused(
          400,
          "Requested writing within range ["
              + range
              + "], but tried writing to range ["
              + named.asText()
              + "]",
          "badRequest");
    }
    JsonNode values = body.path("values");
    if (!values.isMissingNode() && !values.isArray()) {
      return refused(400, "Invalid value at 'data.values' (type ListValue)", "badRequest");
    }
    for (int i = 0; i < values.size(); i++) {
      if (!values.get(i).isArray()) {
        return refused(
            400, "Invalid value at 'data.values[" + i + "]' (type ListValue)", "badRequest");
      }
      for (JsonNode cell : values.get(i)) {
        if (cell.isContainerNode()) {
          return refused(400, "Invalid values[" + i + "]: struct_value", "badRequest");
        }
      }
    }
    return Optional.empty();
  }

  private static ObjectNode updates(Call call, String range) {
    int columns = 0;
    int cells = 0;
    JsonNode rows = call.json().orElseThrow().path("values");
    for (JsonNode row : rows) {
      columns = Math.max(columns, row.size());
      cells += row.size();
    }
    ObjectNode updates = Json.object().put("spreadsheetId", call.segment(3));
    updates.put("updatedRange", range).put("updatedRows", rows.size());
    return updates.put("updatedColumns", columns).put("updatedCells", cells);
  }

  private static Optional<Reply> refused(int status, String message, String reason) {
    return Optional.of(GoogleErrors.error(status, message, reason));
  }
}
