package io.backstop.desk;

import io.backstop.action.LetterStatus;
import io.backstop.action.LetterSummary;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What lists show of a desk. */
final class DeskLists {
  private DeskLists() {}

  static List<LetterSummary> all(DeskScenario desk, Optional<LetterStatus> status) {
    LetterFilter filter =
        new LetterFilter(
            status,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return desk.reader()
        .list(
            new LetterQuery(
                filter, OptionalLong.empty(), OptionalLong.empty(), Optional.empty(), 1_000))
        .letters();
  }

  /** {@code 3 of which 1 open}, the largest first. */
  static List<String> groups(DeskScenario desk) {
    return desk
        .reader()
        .groups(new GroupQuery(Optional.empty(), Optional.empty(), false, 100))
        .groups()
        .stream()
        .map(
            found ->
                "%d of which %d open".formatted(found.group().getCount(), found.group().getOpen()))
        .toList();
  }
}
