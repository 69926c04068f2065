package io.backstop.bench;

import io.backstop.bench.RoundFigures.Mark;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Backstop beside what people use today for the same work: one broker, one simulator, the same
 * requests, in turn.
 */
final class PeersBench {
  /** Without progress for so long, what is missing is not to come any more. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final PeersOptions options;
  private final PrintWriter out;

  private PeersBench(PeersOptions options, PrintWriter out) {
    this.options = options;
    this.out = out;
  }

  /**
   * Takes some minutes for each workload with the default options.
   *
   * @param out for people, as it goes
   * @return the report with all figures
   */
  static PeersReport run(PeersOptions options, PrintWriter out) {
    var report = new PeersReport(options, out);
    var bench = new PeersBench(options, out);
    try (BenchCluster cluster = BenchCluster.start();
        SimulatedPair services = new SimulatedPair()) {
      options.workloads().forEach(workload -> bench.compare(workload, cluster, services, report));
    }
    return report;
  }

  private void compare(
      Workload workload, BenchCluster cluster, SimulatedPair services, PeersReport report) {
    report.begin(workload);
    Map<Contender, List<PeerFigures>> rounds = new EnumMap<>(Contender.class);
    for (int number = 0; number <= options.rounds(); number++) {
      for (Contender contender : options.sides()) {
        services.begin(workload);
        PeerFigures figures = round(contender, workload, cluster, services);
        report.round(number, contender, figures);
        if (number > 0) {
          rounds.computeIfAbsent(contender, each -> new ArrayList<>()).add(figures);
        }
      }
    }
    for (Contender contender : options.sides()) {
      report.add(workload, contender, rounds.get(contender));
      if (options.pacedSeconds() > 0) {
        services.begin(workload);
        report.add(workload, contender, paced(contender, workload, cluster, services));
      }
    }
    report.end(workload);
  }

  private PeerFigures round(
      Contender contender, Workload workload, BenchCluster cluster, SimulatedPair services) {
    int requests = contender.requests(workload, options.requests());
    var receipts = Receipts.ofNumbers(requests, workload::original);
    try (var round = new PeersRound(cluster, services, options, workload)) {
      round.fill(requests);
      Side side = contender.on(round);
      RoundFigures speed;
      try (var visible = new VisibleOutput(cluster, side.output())) {
        List<Mark> marks = side.runWhile(() -> visible.await(receipts, PATIENCE));
        speed = RoundFigures.between(marks, requests - receipts.missing());
      }
      return PeerFigures.of(
          speed,
          services.traffic(SimulatedPair.PRIMARY),
          services.traffic(SimulatedPair.FALLBACK),
          workload.distinct(requests),
          receipts,
          round.deadLetters());
    }
  }

  private PacedRequests.Seen paced(
      Contender contender, Workload workload, BenchCluster cluster, SimulatedPair services) {
    try (var round = new PeersRound(cluster, services, options, workload)) {
      Side side = contender.on(round);
      var load = new PacedRequests(round, workload, options.pacedSeconds());
      return side.runWhile(() -> load.measure(side));
    }
  }
}
