package io.backstop.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.action.LetterSummary;
import io.backstop.executor.Json;
import io.backstop.serde.AvroJson;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a replay of one letter would come to.
 *
 * @param message why, for people; empty where there is nothing to say
 * @param target that its request would be sent to
 * @param generation that its request would have
 */
record PreviewedLetter(
    LetterSummary letter,
    Verdict verdict,
    String message,
    Optional<String> target,
    OptionalInt generation) {

  PreviewedLetter but(Verdict other, String why) {
    return new PreviewedLetter(letter, other, why, target, generation);
  }

  ObjectNode json() {
    ObjectNode json = Json.object().put("id", letter.getId());
    json.put("verdict", verdict.name()).put("message", message);
    json.put("target", target.orElse(null)).put("action", letter.getAction());
    json.put("generation", generation.isPresent() ? generation.getAsInt() : null);
    json.set("letter", AvroJson.of(letter));
    return json;
  }

  /** An id that no desk has. */
  static ObjectNode gone(String id) {
    ObjectNode json = Json.object().put("id", id);
    json.put("verdict", Verdict.GONE.name()).put("message", "there is no such dead letter");
    json.putNull("target").putNull("action").putNull("generation").putNull("letter");
    return json;
  }

  /**
   * Reads what {@link #json} wrote.
   *
   * @throws IllegalArgumentException when it is of a version that this one does not know
   */
  static PreviewedLetter read(JsonNode json) {
    if (!(json.path("letter") instanceof ObjectNode letter)) {
      throw new IllegalArgumentException("letter is missing");
    }
    return new PreviewedLetter(
        FlatRecord.read(LetterSummary.class, LetterSummary.getClassSchema(), letter),
        Verdict.valueOf(json.path("verdict").asText()),
        json.path("message").asText(),
        Optional.ofNullable(json.path("target").textValue()),
        json.path("generation").isInt()
            ? OptionalInt.of(json.path("generation").intValue())
            : OptionalInt.empty());
  }
}
