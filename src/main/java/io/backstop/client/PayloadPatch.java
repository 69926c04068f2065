package io.backstop.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.action.ActionRequest;
import io.backstop.action.PayloadFamily;
import io.backstop.executor.Json;
import io.backstop.serde.AvroFromJson;
import io.backstop.serde.InvalidJsonException;

/**
 * A JSON merge patch (RFC 7396) on the payloads of requests, checked before it is sent.
 *
 * @param patch a null in it removes a field
 */
public record PayloadPatch(ObjectNode patch) {

  /**
   * @throws InvalidRequestException when the text is no JSON object
   */
  public static PayloadPatch of(String text) throws InvalidRequestException {
    return new PayloadPatch(
        Json.read(text)
            .filter(ObjectNode.class::isInstance)
            .map(ObjectNode.class::cast)
            .orElseThrow(
                () ->
                    new InvalidRequestException(
                        "the patch is no JSON object: write the fields to change, such as"
                            + " {\"title\":\"New\",\"description\":null}")));
  }

  /** The payload with the patch on it; the one given stays as it is. */
  public JsonNode on(JsonNode payload) {
    return merged(payload, patch);
  }

  /**
   * Whether what the patch makes of a payload can still be read as what it was.
   *
   * @param payload as {@link io.backstop.serde.AvroJson} writes it
   * @throws InvalidRequestException naming the wrong field, and the one that was probably meant
   */
  public void check(JsonNode payload, PayloadFamily family) throws InvalidRequestException {
    var schema =
        ActionRequest.getClassSchema().getField("payload").schema().getTypes().stream()
            .filter(each -> each.getName().equals(family.recordName()))
            .findFirst()
            .orElseThrow();
    try {
      AvroFromJson.rec(schema, on(payload), "payload");
    } catch (InvalidJsonException e) {
      throw new InvalidRequestException(e.getMessage());
    }
  }

  private static JsonNode merged(JsonNode target, JsonNode patch) {
    if (!patch.isObject()) {
      return patch;
    }
    ObjectNode result = target.isObject() ? target.deepCopy() : Json.object();
    patch
        .properties()
        .forEach(
            each -> {
              if (each.getValue().isNull()) {
                result.remove(each.getKey());
              } else {
                JsonNode before = result.path(each.getKey());
                result.set(each.getKey(), merged(before, each.getValue()));
              }
            });
    return result;
  }
}
