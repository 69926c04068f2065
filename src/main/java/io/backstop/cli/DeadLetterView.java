package io.backstop.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.action.DeadLetter;
import io.backstop.action.OriginalRecord;
import io.backstop.client.AvroJson;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** Shows dead letters; in JSON, bytes are base64 and stand beside them as text where they are. */
final class DeadLetterView implements RecordView<DeadLetter> {
  private static final Table TABLE =
      new Table()
          .column("CREATED", 20)
          .column("CLASS", 18)
          .column("ORIGINAL", 28)
          .column("REQUEST", 36)
          .column("ACTION", 22)
          .last("REASON");

  @Override
  public Class<DeadLetter> type() {
    return DeadLetter.class;
  }

  @Override
  public Table table() {
    return TABLE;
  }

  @Override
  public String[] row(DeadLetter letter) {
    var request = letter.getRequest();
    return new String[] {
      RecordView.seconds(letter.getCreatedAt()),
      letter.getFailureClass().name(),
      coordinates(letter.getOriginal()),
      request == null ? null : request.getRequestId(),
      request == null ? null : request.getAction(),
      letter.getReason()
    };
  }

  /** {@code topic-partition@offset}. */
  private static String coordinates(OriginalRecord original) {
    return original.getTopic() + "-" + original.getPartition() + "@" + original.getOffset();
  }

  @Override
  public ObjectNode json(DeadLetter letter) {
    ObjectNode json = AvroJson.of(letter);
    OriginalRecord original = letter.getOriginal();
    var originalJson = (ObjectNode) json.get("original");
    printable(original.getKey()).ifPresent(text -> originalJson.put("keyText", text));
    printable(original.getValue()).ifPresent(text -> originalJson.put("valueText", text));
    for (int index = 0; index < original.getHeaders().size(); index++) {
      var headerJson = (ObjectNode) originalJson.get("headers").get(index);
      printable(original.getHeaders().get(index).getValue())
          .ifPresent(text -> headerJson.put("valueText", text));
    }
    return json;
  }

  /** The bytes as text, where they are UTF-8 without control characters. */
  static Optional<String> printable(ByteBuffer bytes) {
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

  @Override
  public Instant time(DeadLetter letter) {
    return letter.getCreatedAt();
  }
}
