package io.backstop.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.executor.Json;
import java.util.Map;

/** A query that gets an error for its answer, as RFC 9457 has it. The detail is for people. */
final class QueryProblem extends RuntimeException {
  static final String MEDIA_TYPE = "application/problem+json";
  private static final long serialVersionUID = 1L;

  private static final Map<Integer, String> TITLES =
      Map.of(
          400, "The request is wrong",
          401, "A token is missing or wrong",
          404, "Not found",
          405, "Only GET is answered",
          421, "This is another host",
          431, "The request is too large",
          500, "A defect of this instance",
          503, "Not available for the moment");

  private final int status;
  private final transient ObjectNode more;

  QueryProblem(int status, String detail) {
    this(status, detail, Json.object());
  }

  /**
   * @param more members beside the usual ones
   */
  QueryProblem(int status, String detail, ObjectNode more) {
    // the place in the code is of no use to who asked
    super(detail, null, false, false);
    this.status = status;
    this.more = more;
  }

  int status() {
    return status;
  }

  ObjectNode json() {
    ObjectNode json = of(status, getMessage());
    json.setAll(more);
    return json;
  }

  /** The answer to a status that the HTTP server itself decided on. */
  static ObjectNode of(int status, String detail) {
    return Json.object()
        .put("type", "about:blank")
        .put("title", TITLES.getOrDefault(status, "HTTP status " + status))
        .put("status", status)
        .put("detail", detail);
  }
}
