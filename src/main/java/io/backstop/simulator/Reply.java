package io.backstop.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;

/**
 * What an emulated service answers.
 *
 * @param effect whether the service changed anything
 */
record Reply(int status, String contentType, byte[] body, boolean effect) {
  private static final String JSON = "application/json; charset=utf-8";

  static Reply json(int status, JsonNode body) {
    return new Reply(status, JSON, Json.write(body), false);
  }

  static Reply text(int status, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return new Reply(status, "text/plain; charset=utf-8", bytes, false);
  }

  /** For people who look at the simulator itself. */
  static Reply pretty(int status, Object body) {
    return new Reply(status, JSON, Json.pretty(body), false);
  }

  Reply withEffect() {
    return new Reply(status, contentType, body, true);
  }
}
