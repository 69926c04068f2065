package io.backstop.replay;

import io.backstop.action.LetterSet;
import io.backstop.action.OperationKind;
import io.backstop.action.Selection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a selection must be, so that it names its letters and nothing else. */
final class SelectionCheck {
  private static final int MOST_IDS = 100_000;

  private SelectionCheck() {}

  /** What is wrong with it and what to do; empty when it can be looked for. */
  static Optional<String> problem(Selection selection, OperationKind kind) {
    if (selection == null) {
      return wrong("is missing: name the dead letters, counted, by ids or by a filter");
    }
    int ways =
        (selection.getIds().isEmpty() ? 0 : 1)
            + (selection.getFilter() == null ? 0 : 1)
            + (selection.getStaged() ? 1 : 0);
    if (ways != 1) {
      return wrong("names letters in %d ways: give one of ids, filter and staged".formatted(ways));
    } else if (selection.getStaged() && kind != OperationKind.REPLAY) {
      return wrong("is of staged requests: only replay.start takes these");
    } else if (selection.getCount() <= 0) {
      return wrong("has count %d: there is nothing to do".formatted(selection.getCount()));
    } else if (!isHash(selection)) {
      return wrong("has a hash that is none: give the 32 hexadecimal digits that the count gave");
    }
    return ofIds(selection).or(() -> ofCutOff(selection));
  }

  private static boolean isHash(Selection selection) {
    return selection.getHash().matches("[0-9a-f]{32}");
  }

  private static Optional<String> ofIds(Selection selection) {
    int size = selection.getIds().size();
    if (size == 0) {
      return Optional.empty();
    } else if (size > MOST_IDS) {
      return wrong(
          String.format(Locale.ROOT, "has %,d ids: give at most %,d, or a filter", size, MOST_IDS));
    } else if (new HashSet<>(selection.getIds()).size() < size) {
      return wrong("has an id twice: give each once");
    }
    LetterSet named = LetterSet.EMPTY;
    for (String id : selection.getIds()) {
      named = named.with(id);
    }
    return named.count() == selection.getCount() && named.hash().equals(selection.getHash())
        ? Optional.empty()
        : wrong(
            String.format(
                Locale.ROOT,
                "has count %,d and hash %s, but its %,d ids have hash %s: count them again",
                selection.getCount(),
                selection.getHash(),
                size,
                named.hash()));
  }

  private static Optional<String> ofCutOff(Selection selection) {
    Map<String, Long> cutOff = selection.getCutOff();
    if (selection.getFilter() == null) {
      return cutOff.isEmpty()
          ? Optional.empty()
          : wrong("has a cutOff, which only a filter takes: leave it out");
    } else if (cutOff.isEmpty()) {
      return wrong(
          "has a filter without cutOff: give the end of each partition as it was when the letters"
              + " were counted");
    }
    return cutOff.entrySet().stream()
        .filter(each -> !each.getKey().matches("\\d{1,9}") || each.getValue() < 0)
        .findFirst()
        .flatMap(
            each ->
                wrong(
                    "has a cutOff of %d for partition '%s': give offsets from 0 by number of the"
                            .formatted(each.getValue(), each.getKey())
                        + " partition"));
  }

  private static Optional<String> wrong(String what) {
    return Optional.of("selection " + what);
  }
}
