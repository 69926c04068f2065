package io.backstop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;

/** Values of an answer as people read them. */
final class JsonText {
  private JsonText() {}

  /** An instant to the second; null for none. */
  static String seconds(JsonNode instant) {
    if (!instant.isTextual()) {
      return null;
    }
    try {
      return RecordView.seconds(Instant.parse(instant.textValue()));
    } catch (DateTimeException e) {
      return instant.textValue();
    }
  }

  /** A dash for what is not there. */
  static String orDash(JsonNode value) {
    return value.isMissingNode() || value.isNull() || value.asText().isEmpty()
        ? "-"
        : printable(value.asText());
  }

  /** Text from outside must not steer the terminal; it may have lines. */
  static String printable(String text) {
    return SafeText.lines(text);
  }
}
