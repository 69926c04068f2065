package io.backstop.bench;

import io.backstop.bench.RoundFigures.Mark;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Lets two sides work through the same input in turn, so that both meet the same machine. */
final class Duel {

  /** The figures of all rounds that count, in order. */
  record Score(List<RoundFigures> bare, List<RoundFigures> backstop) {

    /** Backstop's rate as a share of the bare loop's, round by round. */
    Spread ratio() {
      List<Double> ratios = new ArrayList<>();
      for (int round = 0; round < bare.size(); round++) {
        ratios.add(backstop.get(round).perSecond() / bare.get(round).perSecond());
      }
      return Spread.of(ratios);
    }

    static Spread of(List<RoundFigures> rounds, ToDoubleFunction<RoundFigures> figure) {
      return Spread.of(rounds.stream().map(figure::applyAsDouble).toList());
    }
  }

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final BenchCluster cluster;
  private final BenchOptions options;
  private final PrintWriter out;

  Duel(BenchCluster cluster, BenchOptions options, PrintWriter out) {
    this.cluster = cluster;
    this.options = options;
    this.out = out;
  }

  Score fight(Side bare, Side backstop) {
    round("warm-up", bare);
    round("warm-up", backstop);
    var score = new Score(new ArrayList<>(), new ArrayList<>());
    for (int number = 1; number <= options.rounds(); number++) {
      score.bare().add(round("round " + number, bare));
      score.backstop().add(round("round " + number, backstop));
    }
    return score;
  }

  private RoundFigures round(String label, Side side) {
    RoundFigures figures;
    int next = side.nextRequest();
    var receipts = Receipts.ofNumbers(options.requests(), number -> next + number);
    try (var visible = new VisibleOutput(cluster, side.output())) {
      List<Mark> marks = side.runWhile(() -> visible.await(receipts, PATIENCE));
      receipts.requireOneEach();
      figures = RoundFigures.between(marks, options.requests());
    }
    out.printf(
        "  %-8s  %-9s  %,10.0f/s  %.3f s CPU per 1,000  (broker %.3f)%n",
        label,
        side.name(),
        figures.perSecond(),
        figures.cpuPerThousand(),
        figures.brokerCpuPerThousand());
    out.flush();
    return figures;
  }
}
