package io.backstop.demo;

import io.backstop.demo.OutageTally.Group;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Shows every second how requests ended since the line before. For one thread. */
final class OutageProgress {
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final StampedLines lines;
  private final OutageTally tally;
  private Duration due = EVERY;
  private EndCounts shown = EndCounts.NONE;
  private EndCounts shownOthers = EndCounts.NONE;

  OutageProgress(StampedLines lines, OutageTally tally) {
    this.lines = lines;
    this.tally = tally;
  }

  /** To be called several times a second. */
  void show(Ledger ledger) {
    if (lines.elapsed().compareTo(due) < 0) {
      return;
    }
    while (lines.elapsed().compareTo(due) >= 0) {
      due = due.plus(EVERY);
    }
    var entries = ledger.entries();
    EndCounts notion = tally.endedOfNotion(entries);
    EndCounts others = tally.ended(entries, Group.OTHERS);
    lines.say(
        "notion: %s | others: %s"
            .formatted(text(notion.minus(shown)), text(others.minus(shownOthers))));
    shown = notion;
    shownOthers = others;
  }

  private static String text(EndCounts counts) {
    var places = new ArrayList<>(List.of(Outcome.PRIMARY, Outcome.CACHE));
    places.addAll(counts.fallbacks());
    places.addAll(List.of(Outcome.DEAD_LETTER, Outcome.OTHER));
    String text =
        places.stream()
            .filter(place -> counts.at(place) > 0)
            .map(place -> "%d %s".formatted(counts.at(place), place))
            .collect(Collectors.joining(", "));
    return text.isEmpty() ? "-" : text;
  }
}
