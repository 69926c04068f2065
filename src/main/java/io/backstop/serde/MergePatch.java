package io.backstop.serde;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A JSON merge patch (RFC 7396) on an object. Not to be changed.
 *
 * @param changes a null in it removes a member
 */
public record MergePatch(ObjectNode changes) {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * @throws InvalidJsonException when the text is no JSON object
   */
  public static MergePatch of(String text) throws InvalidJsonException {
    try {
      if (JSON.readTree(text) instanceof ObjectNode changes) {
        return new MergePatch(changes);
      }
    } catch (JsonProcessingException e) {
      throw new InvalidJsonException("the patch is no JSON: " + e.getOriginalMessage());
    }
    throw new InvalidJsonException(
        "the patch is no JSON object: write the fields to change, such as"
            + " {\"title\":\"New\",\"description\":null}");
  }

  /** What it makes of {@code target}, which stays as it is. */
  public JsonNode on(JsonNode target) {
    return merged(target, changes);
  }

  private static JsonNode merged(JsonNode target, JsonNode patch) {
    if (!(patch instanceof ObjectNode changes)) {
      return patch;
    }
    ObjectNode merged =
        target instanceof ObjectNode object ? object.deepCopy() : JSON.createObjectNode();
    for (var change : changes.properties()) {
      if (change.getValue().isNull()) {
        merged.remove(change.getKey());
      } else {
        merged.set(change.getKey(), merged(merged.get(change.getKey()), change.getValue()));
      }
    }
    return merged;
  }
}
