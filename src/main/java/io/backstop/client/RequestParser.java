package io.backstop.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.action.ActionRequest;
import io.backstop.action.IdempotencyKey;
import io.backstop.action.PayloadFamily;
import io.backstop.serde.AvroFromJson;
import io.backstop.serde.InvalidJsonException;
import io.backstop.serde.Nearest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Reads one line of JSON into a request. Beside the fields of {@code ActionRequest} it takes {@code
 * key} (record key), {@code headers} (text by name) and {@code payloadFamily}; the payload needs no
 * wrapper where the family follows from the action.
 */
public final class RequestParser {
  private static final Schema REQUEST = ActionRequest.getClassSchema();
  private static final String KEY = "key";
  private static final String HEADERS = "headers";
  private static final String FAMILY = "payloadFamily";
  private static final String PAYLOAD = "payload";
  private static final String REQUEST_ID = "requestId";
  private static final List<String> KNOWN =
      Stream.concat(
              REQUEST.getFields().stream().map(Schema.Field::name), Stream.of(KEY, HEADERS, FAMILY))
          .toList();

  private final JsonMapper json =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private final ActionFamilies families;
  private final Supplier<String> newRequestId;

  /**
   * @param newRequestId for requests without one
   */
  public RequestParser(ActionFamilies families, Supplier<String> newRequestId) {
    this.families = families;
    this.newRequestId = newRequestId;
  }

  public ParsedRequest parse(String line) throws InvalidRequestException {
    ObjectNode fields = object(line);
    try {
      return parsed(fields);
    } catch (InvalidJsonException e) {
      throw new InvalidRequestException(e.getMessage());
    }
  }

  private ParsedRequest parsed(ObjectNode fields)
      throws InvalidRequestException, InvalidJsonException {
    for (var name = fields.fieldNames(); name.hasNext(); ) {
      AvroFromJson.requireKnown(name.next(), KNOWN, "", "a request");
    }
    var request = new ActionRequest();
    for (Schema.Field field : REQUEST.getFields()) {
      request.put(field.pos(), value(field, fields));
    }
    return new ParsedRequest(key(fields, request), request, headers(fields.get(HEADERS)));
  }

  private ObjectNode object(String line) throws InvalidRequestException {
    try {
      if (json.readTree(line) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      String where = at == null ? "" : "column " + at.getColumnNr() + ": ";
      String what = e.getOriginalMessage().lines().findFirst().orElse("");
      throw new InvalidRequestException("not JSON: " + where + what);
    }
    throw new InvalidRequestException(
        "not a JSON object: write {\"action\":..., \"payload\":{...}}");
  }

  private Object value(Schema.Field field, ObjectNode fields)
      throws InvalidRequestException, InvalidJsonException {
    String name = field.name();
    JsonNode given = fields.get(name);
    if (name.equals(PAYLOAD)) {
      return payload(fields);
    } else if (given != null) {
      return AvroFromJson.value(field.schema(), given, name, name);
    } else if (name.equals(REQUEST_ID)) {
      return newRequestId.get();
    }
    return AvroFromJson.absent(field, name);
  }

  private SpecificRecord payload(ObjectNode fields)
      throws InvalidRequestException, InvalidJsonException {
    JsonNode payload = fields.get(PAYLOAD);
    if (payload == null) {
      throw new InvalidRequestException("payload is missing: what to do the action with");
    }
    if (payload.size() == 1) {
      String only = payload.fieldNames().hasNext() ? payload.fieldNames().next() : "";
      var wrapper = ActionFamilies.named(only);
      if (wrapper.isPresent()) {
        String path = PAYLOAD + "." + only;
        return AvroFromJson.rec(schema(wrapper.get()), payload.get(only), path);
      }
    }
    return AvroFromJson.rec(schema(family(fields)), payload, PAYLOAD);
  }

  private PayloadFamily family(ObjectNode fields)
      throws InvalidRequestException, InvalidJsonException {
    JsonNode named = fields.get(FAMILY);
    if (named != null) {
      String mend = "must be one of " + String.join(", ", ActionFamilies.names());
      return ActionFamilies.named(named.asText())
          .orElseThrow(() -> AvroFromJson.wrong(FAMILY, mend, named));
    }
    String action = fields.path("action").asText();
    return families
        .of(action)
        .orElseThrow(
            () ->
                new InvalidRequestException(
                    "action '"
                        + action
                        + "' is not known ("
                        + Nearest.hint(action, families.byAction().keySet())
                        + "): mend it, or name the payload with payloadFamily"));
  }

  private static Schema schema(PayloadFamily family) {
    return REQUEST.getField(PAYLOAD).schema().getTypes().stream()
        .filter(each -> each.getName().equals(family.recordName()))
        .findFirst()
        .orElseThrow();
  }

  /** Duplicates of one request must get the same key, so that they meet in one partition. */
  private static String key(ObjectNode fields, ActionRequest request) throws InvalidJsonException {
    JsonNode given = fields.get(KEY);
    if (given != null && !given.isNull()) {
      return AvroFromJson.text(given, KEY, KEY);
    }
    return IdempotencyKey.of(request);
  }

  private static List<Header> headers(JsonNode headers) throws InvalidJsonException {
    var list = new ArrayList<Header>();
    if (headers == null || headers.isNull()) {
      return list;
    }
    if (!headers.isObject()) {
      throw AvroFromJson.wrong(HEADERS, "must be an object of texts", headers);
    }
    for (var entry : headers.properties()) {
      String text = AvroFromJson.text(entry.getValue(), HEADERS + "." + entry.getKey(), HEADERS);
      list.add(new RecordHeader(entry.getKey(), text.getBytes(StandardCharsets.UTF_8)));
    }
    return list;
  }
}
