package io.backstop.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.config.KafkaConfig;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;

/** The kills under one combination of settings. */
record TakeoverCase(
    KafkaConfig kafka, int standbys, List<Takeover> takeovers, long residentMegabytes) {

  void report(PrintWriter out, ObjectNode json) {
    Spread dead = Spread.of(takeovers.stream().map(each -> longest(each.ofTheDead())).toList());
    Spread others = Spread.of(takeovers.stream().map(each -> longest(each.ofOthers())).toList());
    out.printf(
        "%-7s  %d standby, session %4.0f s, transaction %2.0f s: %5.1f s (%.1f to %.1f) without progress,"
            + " other partitions %.1f s; %d MB resident%n",
        kafka.groupProtocol(),
        standbys,
        kafka.sessionTimeout().toMillis() / 1e3,
        kafka.transactionTimeout().toMillis() / 1e3,
        dead.median(),
        dead.least(),
        dead.greatest(),
        others.greatest(),
        residentMegabytes);
    out.flush();
    json.put("protocol", kafka.groupProtocol())
        .put("standbyReplicas", standbys)
        .put("sessionTimeoutMs", kafka.sessionTimeout().toMillis())
        .put("transactionTimeoutMs", kafka.transactionTimeout().toMillis())
        .put("residentMb", residentMegabytes);
    put(json.putArray("longestSeconds"), takeovers.stream().map(Takeover::ofTheDead).toList());
    put(json.putArray("othersLongestSeconds"), takeovers.stream().map(Takeover::ofOthers).toList());
  }

  private static void put(ArrayNode json, List<List<Double>> pauses) {
    pauses.forEach(each -> json.add(Report.rounded(longest(each))));
  }

  private static double longest(Collection<Double> pauses) {
    return pauses.stream().mapToDouble(each -> each).max().orElse(0);
  }
}
