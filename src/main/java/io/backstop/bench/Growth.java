package io.backstop.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.bench.Duel.Score;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What a size costs against the smallest one, for people and for the JSON line. */
record Growth(String size, Score score) {

  void print(PrintWriter out) {
    Spread ratio = score.ratio();
    out.printf(
        "%-16s  %,.0f/s, %.3f of the smallest (%.3f to %.3f), %.4f CPU seconds per 1,000 requests, broker %.4f%n",
        size,
        Score.of(score.backstop(), RoundFigures::perSecond).median(),
        ratio.median(),
        ratio.least(),
        ratio.greatest(),
        Score.of(score.backstop(), RoundFigures::cpuPerThousand).median(),
        Score.of(score.backstop(), RoundFigures::brokerCpuPerThousand).median());
    out.flush();
  }

  void put(ObjectNode json) {
    Spread ratio = score.ratio();
    json.put("perSecond", median(score.backstop(), RoundFigures::perSecond))
        .put("smallestPerSecond", median(score.bare(), RoundFigures::perSecond))
        .put("cpuSecondsPer1000", median(score.backstop(), RoundFigures::cpuPerThousand))
        .put("smallestCpuSecondsPer1000", median(score.bare(), RoundFigures::cpuPerThousand))
        .put(
            "brokerCpuSecondsPer1000", median(score.backstop(), RoundFigures::brokerCpuPerThousand))
        .put("ratio", Report.rounded(ratio.median()));
    json.putArray("ratioRange")
        .add(Report.rounded(ratio.least()))
        .add(Report.rounded(ratio.greatest()));
  }

  private static BigDecimal median(
      List<RoundFigures> rounds, ToDoubleFunction<RoundFigures> figure) {
    return Report.rounded(Score.of(rounds, figure).median());
  }
}
