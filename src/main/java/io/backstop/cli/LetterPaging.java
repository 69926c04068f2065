package io.backstop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/** Goes through a list of dead letters, page after page. */
final class LetterPaging {
  static final String PATH = "/v1/dead-letters";
  private static final int PAGE = 500;

  private final Asking asking;
  private final Map<String, String> filter;

  LetterPaging(Asking asking, Map<String, String> filter) {
    this.asking = asking;
    this.filter = filter;
  }

  /**
   * @param limit most letters in all
   * @param start where to begin; empty for the newest
   * @param page takes the letters of a page; false ends the list
   * @return where the list goes on; empty at its end
   */
  Optional<String> read(long limit, Optional<String> start, Predicate<List<JsonNode>> page) {
    Optional<String> cursor = start;
    long left = limit;
    do {
      Map<String, String> parameters = new TreeMap<>(filter);
      parameters.put("limit", Long.toString(Math.min(left, PAGE)));
      cursor.ifPresent(at -> parameters.put("cursor", at));
      JsonNode answer = asking.get(PATH, parameters);
      List<JsonNode> letters =
          StreamSupport.stream(answer.path("items").spliterator(), false).toList();
      left -= letters.size();
      cursor = Optional.ofNullable(answer.path("next").textValue());
      if (!page.test(letters)) {
        return cursor;
      }
    } while (left > 0 && cursor.isPresent());
    return cursor;
  }
}
