package io.backstop.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.action.LetterSummary;
import io.backstop.desk.LetterPage;
import io.backstop.desk.LetterPages;
import io.backstop.desk.LetterPosition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Some letters of a preview, newest first.
 *
 * @param next as of a {@link LetterPage}
 * @param cutOff by partition: only letters before this offset were looked at
 */
record PreviewPage(
    List<PreviewedLetter> letters, Optional<LetterPosition> next, Map<Integer, Long> cutOff) {
  static final String CUT_OFF = "cutOff";

  /** The newest letters of all pages, as of {@link LetterPages#merge}. */
  static PreviewPage merge(Collection<PreviewPage> pages, int limit) {
    Map<String, PreviewedLetter> byId = new HashMap<>();
    Map<Integer, Long> cutOff = new TreeMap<>();
    List<LetterPage> summaries = new ArrayList<>();
    for (PreviewPage page : pages) {
      page.letters.forEach(each -> byId.put(each.letter().getId(), each));
      cutOff.putAll(page.cutOff);
      List<LetterSummary> letters = page.letters.stream().map(PreviewedLetter::letter).toList();
      summaries.add(new LetterPage(letters, page.next));
    }
    LetterPage merged = LetterPages.merge(summaries, limit);
    return new PreviewPage(
        merged.letters().stream().map(each -> byId.get(each.getId())).toList(),
        merged.next(),
        cutOff);
  }

  /** Without the letters, which are the answer's own. */
  void say(ObjectNode answer) {
    answer.put("next", next.map(LetterPosition::cursor).orElse(null));
    ObjectNode offsets = answer.putObject(CUT_OFF);
    cutOff.forEach((partition, offset) -> offsets.put("" + partition, offset));
  }

  /** Reads what another instance answered. */
  static PreviewPage read(ObjectNode json) {
    List<PreviewedLetter> letters = new ArrayList<>();
    for (JsonNode item : json.path("items")) {
      letters.add(PreviewedLetter.read(item));
    }
    Map<Integer, Long> cutOff = new TreeMap<>();
    for (var each : json.path(CUT_OFF).properties()) {
      cutOff.put(Integer.valueOf(each.getKey()), each.getValue().asLong());
    }
    return new PreviewPage(
        letters,
        Optional.ofNullable(json.path("next").textValue()).map(LetterPosition::ofCursor),
        cutOff);
  }
}
