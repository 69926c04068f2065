package io.backstop.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.executor.Json;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The figures of all sides under all workloads, as tables and as JSON. */
final class PeersReport {
  private static final String LINE = "  %-17s %8s %20s %8s %8s %9s %9s %9s %8s %6s %6s%n";

  private final PeersOptions options;
  private final PrintWriter out;
  private final ObjectNode json;
  private final ObjectNode workloads;
  private final List<Object[]> table = new ArrayList<>();

  PeersReport(PeersOptions options, PrintWriter out) {
    this.options = options;
    this.out = out;
    this.json =
        Report.of("peers")
            .put("requests", options.requests())
            .put("rounds", options.rounds())
            .put("partitions", options.partitions())
            .put("pacedPerSecond", PacedRequests.PER_SECOND)
            .put("pacedSeconds", options.pacedSeconds());
    this.workloads = json.putObject("workloads");
  }

  void begin(Workload workload) {
    out.printf("%n%s: %s%n", workload.label(), workload.description());
    table.clear();
    out.flush();
  }

  void round(int number, Contender side, PeerFigures figures) {
    out.printf(
        "  %-8s %-17s %,8.0f/s  %.3f s CPU per 1,000  calls %,d + %,d, failed %d, lost %d%n",
        number == 0 ? "warm-up" : "round " + number,
        side.label(),
        figures.speed().perSecond(),
        figures.speed().cpuPerThousand(),
        figures.primaryCalls(),
        figures.fallbackCalls(),
        figures.failed(),
        figures.lost());
    out.flush();
  }

  /** The rounds of one side; its paced run comes next. */
  void add(Workload workload, Contender side, List<PeerFigures> rounds) {
    ObjectNode node = side(workload, side);
    int requests = side.requests(workload, options.requests());
    node.put("requests", requests);
    Spread rate = PeerFigures.spread(rounds, each -> each.speed().perSecond());
    node.put("perSecond", Report.rounded(rate.median()));
    node.putArray("perSecondRange")
        .add(Report.rounded(rate.least()))
        .add(Report.rounded(rate.greatest()));
    double cpu = median(rounds, each -> each.speed().cpuPerThousand());
    node.put("cpuSecondsPer1000", Report.rounded(cpu));
    long primary = put(node, "primaryCalls", rounds, PeerFigures::primaryCalls);
    long fallback = put(node, "fallbackCalls", rounds, PeerFigures::fallbackCalls);
    long twice = put(node, "duplicateEffects", rounds, PeerFigures::duplicateEffects);
    // over all rounds: a loss in one of them is a loss
    int failed = rounds.stream().mapToInt(PeerFigures::failed).sum();
    node.put("failed", failed);
    int lost = rounds.stream().mapToInt(PeerFigures::lost).sum();
    node.put("lost", lost);
    node.put("surplusResults", rounds.stream().mapToInt(PeerFigures::surplus).sum());
    table.add(
        new Object[] {
          side.label(),
          "%,d".formatted(requests),
          "%,.0f (%,.0f-%,.0f)".formatted(rate.median(), rate.least(), rate.greatest()),
          "-",
          "-",
          "%.3f".formatted(cpu),
          "%,d".formatted(primary),
          "%,d".formatted(fallback),
          "%,d".formatted(twice),
          "" + failed,
          "" + lost
        });
  }

  /** The paced run of the side that was added last. */
  void add(Workload workload, Contender side, PacedRequests.Seen paced) {
    ObjectNode node = side(workload, side);
    node.put("pacedLost", paced.missing());
    if (paced.latencies().count() > 0) {
      double p50 = paced.latencies().percentile(50);
      double p99 = paced.latencies().percentile(99);
      node.put("p50Ms", Report.rounded(p50)).put("p99Ms", Report.rounded(p99));
      node.put("maxMs", Report.rounded(paced.latencies().percentile(100)));
      Object[] row = table.get(table.size() - 1);
      row[3] = "%,.0f".formatted(p50);
      row[4] = "%,.0f".formatted(p99);
    }
  }

  void end(Workload workload) {
    out.println();
    out.printf(
        LINE,
        workload.label(),
        "requests",
        "requests/s",
        "p50 ms",
        "p99 ms",
        "CPU s/1k",
        "primary",
        "fallback",
        "doubled",
        "failed",
        "lost");
    table.forEach(row -> out.printf(LINE, row));
    out.flush();
  }

  /** Everything, on one line. */
  String json() {
    return new String(Json.bytes(json), StandardCharsets.UTF_8);
  }

  private ObjectNode side(Workload workload, Contender side) {
    return workloads.withObjectProperty(workload.label()).withObjectProperty(side.id());
  }

  private static long put(
      ObjectNode node,
      String field,
      List<PeerFigures> rounds,
      ToDoubleFunction<PeerFigures> figure) {
    long median = Math.round(median(rounds, figure));
    node.put(field, median);
    return median;
  }

  private static double median(List<PeerFigures> rounds, ToDoubleFunction<PeerFigures> figure) {
    return PeerFigures.spread(rounds, figure).median();
  }
}
