package io.backstop.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.bench.Duel.Score;
import io.backstop.executor.Json;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The figures of a bench, for people first and as one JSON line at the end. */
final class Report {
  private static final MathContext FOUR_DIGITS = new MathContext(4);

  private final PrintWriter out;
  private final ObjectNode json;

  Report(String bench, BenchOptions options, PrintWriter out) {
    this.out = out;
    this.json =
        of(bench)
            .put("requests", options.requests())
            .put("rounds", options.rounds())
            .put("partitions", options.partitions())
            .put("threads", options.threads());
  }

  /** What the JSON of every bench begins with. */
  static ObjectNode of(String bench) {
    ObjectNode json = Json.object().put("bench", bench);
    machine(json.putObject("machine"));
    return json;
  }

  private static void machine(ObjectNode machine) {
    Runtime runtime = Runtime.getRuntime();
    machine
        .put("cores", runtime.availableProcessors())
        .put("jdk", Runtime.version().toString())
        .put("gc", ManagementFactory.getGarbageCollectorMXBeans().get(0).getName())
        .put("maxHeapMb", runtime.maxMemory() >> 20);
  }

  void add(Score score) {
    side("bare loop", "bare", score.bare());
    side("backstop", "backstop", score.backstop());
    Spread ratio = score.ratio();
    out.printf(
        "ratio      %.3f  (%.3f to %.3f)%n", ratio.median(), ratio.least(), ratio.greatest());
    spread("ratio", ratio);
  }

  private void side(String name, String field, List<RoundFigures> rounds) {
    Spread rate = Score.of(rounds, RoundFigures::perSecond);
    Spread cpu = Score.of(rounds, RoundFigures::cpuPerThousand);
    Spread broker = Score.of(rounds, RoundFigures::brokerCpuPerThousand);
    out.printf(
        "%-9s  %,.0f/s  (%,.0f to %,.0f), %.4f CPU seconds per 1,000 requests, broker %.4f%n",
        name, rate.median(), rate.least(), rate.greatest(), cpu.median(), broker.median());
    spread(field + "PerSecond", rate);
    json.put(field + "CpuSecondsPer1000", rounded(cpu.median()));
    json.put(field + "BrokerCpuSecondsPer1000", rounded(broker.median()));
  }

  private void spread(String field, Spread spread) {
    json.put(field, rounded(spread.median()));
    json.putArray(field + "Range").add(rounded(spread.least())).add(rounded(spread.greatest()));
  }

  void add(Latencies latencies, int perSecond) {
    out.printf(
        "publish to visible result at %d/s: p50 %.0f ms, p99 %.0f ms, max %.0f ms%n",
        perSecond, latencies.percentile(50), latencies.percentile(99), latencies.percentile(100));
    json.put("pacedPerSecond", perSecond)
        .put("pacedRequests", latencies.count())
        .put("p50Ms", rounded(latencies.percentile(50)))
        .put("p99Ms", rounded(latencies.percentile(99)))
        .put("maxMs", rounded(latencies.percentile(100)));
  }

  void end() {
    out.println(new String(Json.bytes(json), StandardCharsets.UTF_8));
    out.flush();
  }

  static BigDecimal rounded(double value) {
    return new BigDecimal(new BigDecimal(value).round(FOUR_DIGITS).toPlainString());
  }
}
