package io.backstop.demo;

import io.backstop.demo.OutageTally.Group;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** Publishes the requests of the outage phase at their pace, and shows how they end. One thread. */
final class OutageTraffic {
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  private final OutageRequests requests;
  private final Publishing publishing;
  private final Ledger ledger;
  private final StampedLines lines;
  private final CompletableFuture<String> stop;
  private final OutageTally tally = new OutageTally();
  private final OutageProgress progress;

  /**
   * @param stop ends everything here early when it completes
   */
  OutageTraffic(
      OutageRequests requests,
      Publishing publishing,
      Ledger ledger,
      StampedLines lines,
      CompletableFuture<String> stop) {
    this.requests = requests;
    this.publishing = publishing;
    this.ledger = ledger;
    this.lines = lines;
    this.stop = stop;
    this.progress = new OutageProgress(lines, tally);
  }

  OutageTally tally() {
    return tally;
  }

  /** Goes on until so long after the start of the lines. */
  void until(Duration end, Group group) throws InterruptedException {
    whileIt(() -> lines.elapsed().compareTo(end) < 0, group);
  }

  void whileIt(BooleanSupplier goesOn, Group group) throws InterruptedException {
    while (goesOn.getAsBoolean() && !stop.isDone()) {
      requests.publishDue(lines.elapsed(), group, publishing, tally);
      progress.show(ledger);
      ledger.awaitNews(requests.untilNext(lines.elapsed()));
    }
  }

  /** Publishes no more and waits, at most this long, until all have their outcome. */
  void awaitOutcomes(Duration patience) throws InterruptedException {
    publishing.flush();
    Duration giveUp = lines.elapsed().plus(patience);
    while (missing() > 0 && lines.elapsed().compareTo(giveUp) < 0 && !stop.isDone()) {
      ledger.awaitNews(LOOK_EVERY);
      progress.show(ledger);
    }
    lines.say(
        missing() == 0
            ? "all %,d requests of this phase have their outcome".formatted(tally.published())
            : "%,d of %,d requests have no outcome".formatted(missing(), tally.published()));
  }

  private long missing() {
    return tally.published() - tally.ended(ledger.entries());
  }
}
