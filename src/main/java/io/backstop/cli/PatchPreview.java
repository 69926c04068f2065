package io.backstop.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.backstop.action.PayloadFamily;
import io.backstop.client.ActionFamilies;
import io.backstop.client.CheckedPatch;
import io.backstop.client.InvalidRequestException;
import io.backstop.client.QueryClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a patch makes of the payloads of the first letters, checked against their schemas before
 * anything is sent; of the others the desks check it.
 */
final class PatchPreview {
  static final int MOST_LETTERS = 20;

  private static final ObjectMapper PRETTY = new ObjectMapper();

  private final CheckedPatch patch;
  private final ActionFamilies families;
  private final List<String> diffs = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();

  PatchPreview(CheckedPatch patch, ActionFamilies families) {
    this.patch = patch;
    this.families = families;
  }

  /** Fetches and patches the first letters. */
  void read(Asking asking, List<String> ids) {
    for (String id : ids.subList(0, Math.min(ids.size(), MOST_LETTERS))) {
      QueryClient.Reply reply =
          asking.client().get(LetterPaging.PATH + "/" + QueryClient.encoded(id), Map.of());
      if (reply.isOk()) {
        add(id, reply.body().path("letter").path("request"));
      }
    }
  }

  /**
   * @param request of a letter, as {@code dead-letters show --json} has it; null where it has none
   */
  void add(String id, JsonNode request) {
    JsonNode payload = request.path("payload");
    if (!payload.isObject()) {
      wrong.add(id + ": it has no payload that could be patched");
      return;
    }
    Optional<PayloadFamily> family = families.of(request.path("action").asText());
    try {
      if (family.isPresent()) {
        patch.check(payload, family.get());
      }
      show(id, payload, patch.on(payload));
    } catch (InvalidRequestException e) {
      wrong.add(id + ": " + e.getMessage());
    }
  }

  private void show(String id, JsonNode before, JsonNode after) {
    List<String> changes = LineDiff.of(lines(before), lines(after));
    if (changes.isEmpty()) {
      diffs.add("= " + id + ": the patch changes nothing");
    } else {
      diffs.add("--- " + id);
      diffs.add("+++ " + id + " patched");
      diffs.addAll(changes);
    }
  }

  private static List<String> lines(JsonNode json) {
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
    try {
      return SafeText.lines(PRETTY.writer(printer).writeValueAsString(json)).lines().toList();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree can be written", e);
    }
  }

  /** What differs, letter by letter. */
  List<String> diffs() {
    return List.copyOf(diffs);
  }

  /** Letters that the patch does not fit, and why. */
  List<String> wrong() {
    return List.copyOf(wrong);
  }
}
