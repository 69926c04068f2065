package io.backstop.desk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.action.ActionRequest;
import io.backstop.action.IdempotencyKey;
import io.backstop.serde.AvroFromJson;
import io.backstop.serde.AvroJson;
import io.backstop.serde.InvalidJsonException;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** JSON merge patch (RFC 7396) on the payload of a request. Pure. */
final class PayloadPatch {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private PayloadPatch() {}

  /** What is wrong with a patch, whatever it is applied to; empty when nothing is. */
  static Optional<String> problem(String patch) {
    try {
      return JSON.readTree(patch) instanceof ObjectNode
          ? Optional.empty()
          : Optional.of("the patch is no JSON object: write {\"field\": \"its new value\"}");
    } catch (JsonProcessingException e) {
      return Optional.of("the patch is no JSON: " + e.getOriginalMessage());
    }
  }

  /**
   * The request with another payload. It stays the same request: its idempotency key is the one it
   * had, also where that was derived from the payload, so that two requests whose payloads are
   * patched to the same are still two.
   *
   * @throws LeftAlone naming the field, when the patched payload does not fit its schema
   */
  static ActionRequest apply(String patch, ActionRequest request) {
    SpecificRecord payload = (SpecificRecord) request.getPayload();
    try {
      JsonNode patched = merged(AvroJson.of(payload), JSON.readTree(patch));
      return ActionRequest.newBuilder(request)
          .setPayload(AvroFromJson.rec(payload.getSchema(), patched, "payload"))
          .setIdempotencyKey(IdempotencyKey.of(request))
          .build();
    } catch (InvalidJsonException e) {
      throw LeftAlone.invalid("the patch does not fit: " + e.getMessage());
    } catch (JsonProcessingException e) {
      throw LeftAlone.invalid("the patch is no JSON: " + e.getOriginalMessage());
    }
  }

  private static JsonNode merged(JsonNode target, JsonNode patch) {
    if (!(patch instanceof ObjectNode changes)) {
      return patch;
    }
    ObjectNode merged = target instanceof ObjectNode object ? object : JSON.createObjectNode();
    for (var change : changes.properties()) {
      String name = change.getKey();
      if (change.getValue().isNull()) {
        merged.remove(name);
      } else {
        JsonNode present = merged.get(name);
        merged.set(name, merged(present, change.getValue()));
      }
    }
    return merged;
  }
}
