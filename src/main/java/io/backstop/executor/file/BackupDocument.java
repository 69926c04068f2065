package io.backstop.executor.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.action.ActionRequest;
import io.backstop.action.PayloadFamily;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * A request as JSON that is read by people and published again: {@code request} has the form in
 * which requests are published from files, with bytes in base64 and instants in ISO 8601.
 */
final class BackupDocument {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final ObjectWriter WRITER =
      JsonMapper.builder().build().writerWithDefaultPrettyPrinter();

  private BackupDocument() {}

  /**
   * UTF-8.
   *
   * @param now when it is saved, epoch milliseconds
   */
  static byte[] of(FiledRequest filed, long now) {
    ActionRequest request = filed.original();
    ObjectNode document = NODES.objectNode();
    document.put("savedAt", Instant.ofEpochMilli(now).toString());
    document.put("idempotencyKey", filed.key());
    document.put("action", request.getAction());
    document.put("submitter", request.getSubmitter());
    document.put("primaryError", filed.primaryError().orElse(null));
    document.set(
        "request",
        fields(request).put("payloadFamily", PayloadFamily.of(request.getPayload()).recordName()));
    try {
      return WRITER.writeValueAsBytes(document);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode fields(IndexedRecord fields) {
    ObjectNode object = NODES.objectNode();
    for (Schema.Field field : fields.getSchema().getFields()) {
      object.set(field.name(), node(fields.get(field.pos())));
    }
    return object;
  }

  private static JsonNode node(Object value) {
    if (value == null) {
      return NODES.nullNode();
    } else if (value instanceof IndexedRecord fields) {
      return fields(fields);
    } else if (value instanceof Collection<?> items) {
      var array = NODES.arrayNode();
      items.forEach(item -> array.add(node(item)));
      return array;
    } else if (value instanceof Map<?, ?> entries) {
      ObjectNode object = NODES.objectNode();
      entries.forEach((name, item) -> object.set(name.toString(), node(item)));
      return object;
    } else if (value instanceof ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      return NODES.binaryNode(bytes);
    } else if (value instanceof Boolean bool) {
      return NODES.booleanNode(bool);
    } else if (value instanceof Integer number) {
      return NODES.numberNode(number);
    } else if (value instanceof Long number) {
      return NODES.numberNode(number);
    } else if (value instanceof Double number) {
      return NODES.numberNode(number);
    }
    // text, enums and instants
    return NODES.textNode(value.toString());
  }
}
