package io.backstop.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.action.DeskLetter;
import io.backstop.action.OriginalRecord;
import io.backstop.serde.AvroJson;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A dead letter as JSON: bytes in base64, and beside them as text where they are. */
public final class LetterJson {
  private LetterJson() {}

  public static ObjectNode of(DeskLetter kept) {
    ObjectNode json = AvroJson.of(kept);
    OriginalRecord original = kept.getLetter().getOriginal();
    ObjectNode originalJson = (ObjectNode) json.get("letter").get("original");
    printable(original.getKey()).ifPresent(text -> originalJson.put("keyText", text));
    printable(original.getValue()).ifPresent(text -> originalJson.put("valueText", text));
    for (int index = 0; index < original.getHeaders().size(); index++) {
      ObjectNode headerJson = (ObjectNode) originalJson.get("headers").get(index);
      printable(original.getHeaders().get(index).getValue())
          .ifPresent(text -> headerJson.put("valueText", text));
    }
    return json;
  }

  /** The bytes as text, where they are UTF-8 without control characters. */
  private static Optional<String> printable(ByteBuffer bytes) {
    if (bytes == null) {
      return Optional.empty();
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate()).toString();
      boolean steers =
          text.codePoints().anyMatch(c -> Character.isISOControl(c) && "\t\r\n".indexOf(c) < 0);
      return steers ? Optional.empty() : Optional.of(text);
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
