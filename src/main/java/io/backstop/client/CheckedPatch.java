package io.backstop.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.backstop.action.ActionRequest;
import io.backstop.action.PayloadFamily;
import io.backstop.serde.AvroFromJson;
import io.backstop.serde.AvroJson;
import io.backstop.serde.InvalidJsonException;
import io.backstop.serde.MergePatch;

/** A patch on the payloads of requests, checked before it is sent. */
public record CheckedPatch(MergePatch patch) {

  /**
   * @throws InvalidRequestException when the text is no JSON object
   */
  public static CheckedPatch of(String text) throws InvalidRequestException {
    try {
      return new CheckedPatch(MergePatch.of(text));
    } catch (InvalidJsonException e) {
      throw new InvalidRequestException(e.getMessage());
    }
  }

  /** The payload with the patch on it; the one given stays as it is. */
  public JsonNode on(JsonNode payload) {
    return patch.on(payload);
  }

  /**
   * Whether what the patch makes of a payload can still be read as what it was.
   *
   * @param payload as {@link AvroJson} writes it
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
}
