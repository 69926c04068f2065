package io.backstop.demo;

import io.backstop.demo.OutageTally.Group;
import java.time.Duration;

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
    var text = new StringBuilder("%d executed".formatted(counts.executed()));
    append(text, counts.fromCache(), "from cache");
    append(text, counts.rejected(), "rejected");
    append(text, counts.failed(), "failed");
    return text.toString();
  }

  private static void append(StringBuilder text, long count, String what) {
    if (count > 0) {
      text.append(", ").append(count).append(' ').append(what);
    }
  }
}
