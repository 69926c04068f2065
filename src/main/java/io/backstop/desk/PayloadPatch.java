package io.backstop.desk;

import com.fasterxml.jackson.databind.JsonNode;
import io.backstop.action.ActionRequest;
import io.backstop.action.IdempotencyKey;
import io.backstop.serde.AvroFromJson;
import io.backstop.serde.AvroJson;
import io.backstop.serde.InvalidJsonException;
import io.backstop.serde.MergePatch;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** JSON merge patch (RFC 7396) on the payload of a request. Pure. */
final class PayloadPatch {
  private PayloadPatch() {}

  /** What is wrong with a patch, whatever it is applied to; empty when nothing is. */
  static Optional<String> problem(String patch) {
    try {
      MergePatch.of(patch);
      return Optional.empty();
    } catch (InvalidJsonException e) {
      return Optional.of(e.getMessage());
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
      JsonNode patched = MergePatch.of(patch).on(AvroJson.of(payload));
      return ActionRequest.newBuilder(request)
          .setPayload(AvroFromJson.rec(payload.getSchema(), patched, "payload"))
          .setIdempotencyKey(IdempotencyKey.of(request))
          .build();
    } catch (InvalidJsonException e) {
      throw LeftAlone.invalid("the patch does not fit: " + e.getMessage());
    }
  }
}
