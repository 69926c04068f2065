package io.backstop.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code multipart/related} upload: first the metadata as JSON, then the content.
 *
 * @param problem what is wrong with it in Drive's words, null when it is well-formed
 */
record DriveMultipart(JsonNode metadata, String problem) {
  private static final Pattern BOUNDARY =
      Pattern.compile("boundary=(?:\"([^\"]+)\"|([^;\\s]+))", Pattern.CASE_INSENSITIVE);

  /** Null when the metadata give no id or cannot be read. */
  String metadataId() {
    return metadata == null ? null : metadata.path("id").textValue();
  }

  static DriveMultipart parse(Call call) {
    String type = call.header("Content-Type");
    Matcher boundary = BOUNDARY.matcher(type == null ? "" : type);
    if (type == null || !type.regionMatches(true, 0, "multipart/", 0, 10) || !boundary.find()) {
      return wrong("Bad content type. Please use multipart.");
    }
    String mark = "--" + (boundary.group(1) == null ? boundary.group(2) : boundary.group(1));
    // Latin-1 keeps every byte as one character, so that binary content survives the search.
    String body = new String(call.body(), StandardCharsets.ISO_8859_1);
    int first = body.indexOf(mark);
    int second = first < 0 ? -1 : body.indexOf("\r\n" + mark, first + mark.length());
    int end = second < 0 ? -1 : body.indexOf("\r\n" + mark + "--", second + 1);
    if (end < 0) {
      return wrong("Missing end boundary in multipart body.");
    }
    String part = body.substring(first + mark.length(), second);
    int blankLine = part.indexOf("\r\n\r\n");
    if (blankLine < 0
        || !part.substring(0, blankLine).toLowerCase(Locale.ROOT).contains("application/json")) {
      return wrong("Malformed multipart body.");
    }
    byte[] json = part.substring(blankLine + 4).getBytes(StandardCharsets.ISO_8859_1);
    Optional<JsonNode> metadata = Json.read(json).filter(JsonNode::isObject);
    return metadata
        .map(node -> new DriveMultipart(node, null))
        .orElseGet(() -> wrong("Parse Error"));
  }

  private static DriveMultipart wrong(String problem) {
    return new DriveMultipart(null, problem);
  }
}
