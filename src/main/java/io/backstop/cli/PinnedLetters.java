package io.backstop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.backstop.action.LetterSet;
import io.backstop.action.Selection;
import io.backstop.action.SelectionFilter;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The letters that a command is to be about, counted and hashed as they are now: what arrives later
 * stands behind the cut-off, and what has changed by then makes the processors refuse the command.
 *
 * @param targets how many there are of each target whose failure decided; empty for ids
 */
record PinnedLetters(Selection selection, SortedMap<String, Long> targets) {

  static PinnedLetters ofIds(Collection<String> given) {
    List<String> ids = List.copyOf(new LinkedHashSet<>(given));
    LetterSet set = LetterSet.EMPTY;
    for (String id : ids) {
      set = set.with(id);
    }
    Selection selection =
        Selection.newBuilder().setIds(ids).setCount(set.count()).setHash(set.hash()).build();
    return new PinnedLetters(selection, new TreeMap<>());
  }

  /**
   * Asks a running instance. What an answer lacks is said as a problem; the letters are no
   * selection then.
   */
  static PinnedLetters ofFilter(Asking asking, SelectionFilter filter) {
    Map<String, Long> cutOff = new TreeMap<>();
    // first: what the desks take in afterwards is not counted
    JsonNode position = asking.get("/v1/desk-position", Map.of()).path("cutOff");
    position.properties().forEach(each -> cutOff.put(each.getKey(), each.getValue().asLong()));
    Counted counted = new Counted();
    Map<String, String> parameters = new TreeMap<>(LetterFilters.parameters(filter));
    parameters.put(
        "cut-off",
        cutOff.entrySet().stream()
            .map(each -> each.getKey() + ":" + each.getValue())
            .collect(Collectors.joining(",")));
    new LetterPaging(asking, parameters).read(Long.MAX_VALUE, Optional.empty(), counted::add);
    Selection selection =
        Selection.newBuilder()
            .setFilter(filter)
            .setCutOff(cutOff)
            .setCount(counted.set.count())
            .setHash(counted.set.hash())
            .build();
    return new PinnedLetters(selection, counted.targets);
  }

  private static final class Counted {
    private final SortedMap<String, Long> targets = new TreeMap<>();
    private LetterSet set = LetterSet.EMPTY;

    boolean add(List<JsonNode> page) {
      for (JsonNode letter : page) {
        set = set.with(letter.path("id").asText());
        targets.merge(letter.path("target").asText("-"), 1L, Long::sum);
      }
      return true;
    }
  }

  long count() {
    return selection.getCount();
  }
}
