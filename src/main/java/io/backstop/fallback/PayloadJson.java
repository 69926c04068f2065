package io.backstop.fallback;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.action.ActionRequest;
import io.backstop.executor.Json;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** A request as JSON, nothing lost: for targets that take any JSON. */
final class PayloadJson {
  private PayloadJson() {}

  /** {@code {"action":..., "requestId":..., "payload":{...}}}; bytes are Base64, times ISO 8601. */
  static String of(ActionRequest request) {
    ObjectNode document = Json.object();
    document.put("action", request.getAction());
    document.put("requestId", request.getRequestId());
    document.set("payload", fields((IndexedRecord) request.getPayload()));
    return document.toString();
  }

  private static ObjectNode fields(IndexedRecord record) {
    ObjectNode fields = Json.object();
    for (Schema.Field field : record.getSchema().getFields()) {
      Object value = record.get(field.pos());
      if (value != null) {
        fields.set(field.name(), json(value));
      }
    }
    return fields;
  }

  private static JsonNode json(Object value) {
    var nodes = Json.object();
    if (value == null) {
      return nodes.nullNode();
    } else if (value instanceof IndexedRecord record) {
      return fields(record);
    } else if (value instanceof Map<?, ?> map) {
      new TreeMap<>(map).forEach((name, each) -> nodes.set(name.toString(), json(each)));
      return nodes;
    } else if (value instanceof List<?> list) {
      ArrayNode items = Json.array();
      list.forEach(each -> items.add(json(each)));
      return items;
    } else if (value instanceof Boolean flag) {
      return nodes.booleanNode(flag);
    } else if (value instanceof Integer number) {
      return nodes.numberNode(number);
    } else if (value instanceof Long number) {
      return nodes.numberNode(number);
    } else if (value instanceof Double number && Double.isFinite(number)) {
      return nodes.numberNode(number);
    } else if (value instanceof ByteBuffer bytes) {
      return nodes.textNode(Base64.getEncoder().encodeToString(bytes(bytes)));
    }
    return nodes.textNode(value.toString());
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
