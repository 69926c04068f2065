package io.backstop.demo;

import io.backstop.action.ActionEvent;
import io.backstop.demo.OutageTally.Group;
import io.backstop.simulator.EmulatedService;
import io.backstop.topology.Topics;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Notion goes down under steady requests and returns, and others do meanwhile; shows what the
 * circuits and the requests do, as it happens. Ends when Notion's circuit is closed again and every
 * request has its outcome.
 */
final class OutagePhase {
  private static final String NOTION = EmulatedService.NOTION.label();
  private static final Duration HEALTHY = Duration.ofSeconds(2);

  /** Requests go on for so long once the circuit is closed. */
  private static final Duration AFTER_CLOSING = Duration.ofSeconds(1);

  private final DemoSystem system;
  private final Duration outage;
  private final Duration patience;
  private final CompletableFuture<String> stop;

  /**
   * @param load with an outage
   * @param stop completes with the reason when the phase is to end early
   */
  OutagePhase(DemoSystem system, DemoLoad load, CompletableFuture<String> stop) {
    this.system = system;
    this.outage = load.outage().orElseThrow();
    this.patience = load.patience();
    this.stop = stop;
  }

  /**
   * @param publishing what it publishes stands in {@code ledger}
   */
  CircuitChanges toEnd(
      OutageRequests requests, Publishing publishing, Ledger ledger, PrintWriter out)
      throws InterruptedException {
    introduction().forEach(out::println);
    var lines = new StampedLines(out, InstantSource.system());
    var circuit = new CircuitTimeline(lines);
    var traffic = new OutageTraffic(requests, publishing, ledger, lines, stop);
    String events = new Topics(system.config().topics().prefix()).events();
    try (var reading =
        TopicFollowing.start(
            system.config(), events, event -> circuit.accept((ActionEvent) event))) {
      reading.reading().whenComplete((done, failure) -> stopReading(failure));
      traffic.until(HEALTHY, Group.BEFORE);
      if (!stop.isDone()) {
        takeDown(traffic, lines);
        awaitClosing(circuit, traffic, lines);
      }
      traffic.awaitOutcomes(patience);
    }
    out.println();
    PlacesTable.of(traffic.tally().of(ledger.entries())).forEach(out::println);
    out.flush();
    return circuit.changes();
  }

  private List<String> introduction() {
    return List.of(
        "",
        "Now Notion goes down for %d s, under %d requests per second for it and %d for others."
            .formatted(
                outage.toSeconds(),
                OutageRequests.NOTION_PER_SECOND,
                OutageRequests.OTHERS_PER_SECOND),
        "Others go down meanwhile: Slack, Sheets, Trello, Drive, Google Tasks.",
        "Here Notion's circuit stays open for %d s at first and %d s at most, others for 1 s and 2 s; by"
            .formatted(DemoSettings.OPEN.toSeconds(), DemoSettings.LONGEST_OPEN.toSeconds()),
        "default 30 s and 5 min. The retry queue parks a request for %d s at first, not for 1 min."
            .formatted(DemoSettings.PARKED.toSeconds()),
        "");
  }

  private void stopReading(Throwable failure) {
    if (failure != null) {
      stop.complete("the events cannot be read: " + failure.getMessage());
    }
  }

  private void takeDown(OutageTraffic traffic, StampedLines lines) throws InterruptedException {
    try (var outages = system.outages()) {
      for (OutagePlan.Change change : OutagePlan.of(outage)) {
        traffic.until(HEALTHY.plus(change.after()), Group.OUTAGE);
        if (change.isDown()) {
          outages.begin(change.service());
        } else {
          outages.end(change.service());
        }
        lines.say(text(change));
      }
      Outages.Calls calls = outages.ofNotion();
      lines.say(
          "While Notion was down it got %,d calls, %,d of them probes, for %,d requests"
              .formatted(calls.all(), calls.probes(), traffic.tally().published(Group.OUTAGE)));
    }
  }

  private static String text(OutagePlan.Change change) {
    String service = change.service().name().replace('_', ' ');
    return change.isDown()
        ? service + " GOES DOWN: it answers every call with 503"
        : service + " IS BACK";
  }

  private void awaitClosing(CircuitTimeline circuit, OutageTraffic traffic, StampedLines lines)
      throws InterruptedException {
    Duration giveUp = lines.elapsed().plus(patience);
    traffic.whileIt(
        () -> !circuit.isClosed(NOTION) && lines.elapsed().compareTo(giveUp) < 0, Group.AFTER);
    traffic.until(lines.elapsed().plus(AFTER_CLOSING), Group.AFTER);
  }
}
