package io.backstop.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;

/**
 * How cost grows with what is remembered, with partitions and with instances. Each size is compared
 * with the smallest one in turn, in the same run, so that both meet the same machine.
 */
public final class ScaleBench {
  private ScaleBench() {}

  /** Prints as it goes, and returns the figures. */
  public static JsonNode run(ScaleOptions options, PrintWriter out) {
    ObjectNode json = Report.of("scale");
    json.put("requests", options.requests()).put("rounds", options.rounds());
    try (BenchCluster cluster = BenchCluster.start()) {
      if (!options.keys().isEmpty()) {
        new KeysAxis(options, out).measure(cluster, json);
      }
      if (!options.instances().isEmpty()) {
        new InstancesAxis(options, out).measure(cluster, json);
      }
      // last, because it leaves most partitions in the broker
      if (!options.partitions().isEmpty()) {
        new PartitionsAxis(options, out).measure(cluster, json);
      }
    }
    return json;
  }
}
