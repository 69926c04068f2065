package io.backstop.executor.google;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.action.TablePayload;
import io.backstop.executor.Json;
import io.backstop.executor.ServiceCall;
import java.util.List;

/** Sheets' value range: the part of the two table actions that is alike. */
final class SheetsValues {
  static final String PUBLIC_BASE = "https://sheets.googleapis.com";

  private SheetsValues() {}

  /** Path of the payload's range, without operation and query. */
  static String path(TablePayload payload) {
    return "/v4/spreadsheets/"
        + ServiceCall.encode(payload.getDocument())
        + "/values/"
        + ServiceCall.encode(payload.getRange());
  }

  static String inputOption(TablePayload payload) {
    return "valueInputOption=" + (payload.getParseInput() ? "USER_ENTERED" : "RAW");
  }

  /** The body; a null cell stays null, by which Sheets leaves the cell as it is. */
  static ObjectNode body(TablePayload payload) {
    ObjectNode body = Json.object();
    body.put("range", payload.getRange()).put("majorDimension", "ROWS");
    ArrayNode rows = body.putArray("values");
    for (List<Object> row : payload.getRows()) {
      ArrayNode cells = rows.addArray();
      row.forEach(cell -> add(cells, cell));
    }
    return body;
  }

  private static void add(ArrayNode cells, Object cell) {
    if (cell == null) {
      cells.addNull();
    } else if (cell instanceof Boolean flag) {
      cells.add(flag);
    } else if (cell instanceof Long whole) {
      cells.add(whole);
    } else if (cell instanceof Double number) {
      cells.add(number);
    } else {
      cells.add(cell.toString());
    }
  }
}
