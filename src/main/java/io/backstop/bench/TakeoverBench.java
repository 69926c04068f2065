package io.backstop.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.bench.Deployment.Shape;
import io.backstop.bench.Side.Running;
import io.backstop.config.KafkaConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How long the partitions of an instance make no progress after it was killed: from the last result
 * that was visible to the first one of another instance. The instances are processes of their own.
 */
public final class TakeoverBench {
  private static final int FILL = 500_000;

  private final TakeoverOptions options;
  private final PrintWriter out;
  private final ArrayNode cases;

  private TakeoverBench(TakeoverOptions options, PrintWriter out, ArrayNode cases) {
    this.options = options;
    this.out = out;
    this.cases = cases;
  }

  /** Prints as it goes, and returns the figures. */
  public static JsonNode run(TakeoverOptions options, PrintWriter out) {
    ObjectNode json =
        Report.of("takeover")
            .put("keys", options.keys())
            .put("instances", options.instances())
            .put("partitions", options.partitions())
            .put("perSecond", options.perSecond());
    TakeoverBench bench = new TakeoverBench(options, out, json.putArray("cases"));
    try (BenchCluster cluster = BenchCluster.start()) {
      options.protocols().forEach(protocol -> bench.measure(cluster, protocol));
    }
    return json;
  }

  private void measure(BenchCluster cluster, String protocol) {
    Map<String, String> settings = new HashMap<>(options.settings());
    settings.put("backstop.kafka.group-protocol", protocol);
    Shape shape = new Shape(protocol, options.partitions(), 1, 2, settings);
    try (Deployment filled = new Deployment(cluster, shape, BenchInstance.targets())) {
      List<Combination> combinations = combinations(filled.settings());
      out.printf("%s: a store of %,d idempotency keys ...%n", protocol, options.keys());
      out.flush();
      fill(cluster, filled);
      try (LiveLoad load =
          new LiveLoad(
              cluster,
              filled.settings(),
              options.partitions(),
              options.perSecond(),
              SampleRequests::delayed)) {
        combinations.forEach(each -> measure(each, load));
      }
    }
  }

  /** One of what is measured, its settings read. */
  private record Combination(int standbys, BenchSettings settings, KafkaConfig kafka) {}

  /** Before the store is filled, which takes a while: a wrong setting is told at once. */
  private List<Combination> combinations(BenchSettings settings) {
    List<Combination> combinations = new ArrayList<>();
    for (int standbys : options.standbys()) {
      for (String session : options.sessionTimeouts()) {
        BenchSettings own = settings.copy().with("backstop.kafka.standby-replicas", "" + standbys);
        if (!session.equals(TakeoverOptions.DEFAULT)) {
          own.with("backstop.kafka.session-timeout", session);
        }
        combinations.add(new Combination(standbys, own, own.forOneRun(Path.of("unused")).kafka()));
      }
    }
    return combinations;
  }

  private void fill(BenchCluster cluster, Deployment deployment) {
    try (ResultCount results = new ResultCount(cluster, deployment.results())) {
      while (deployment.published() < options.keys()) {
        int count = Math.min(FILL, options.keys() - deployment.published());
        deployment.publish(count, SampleRequests::instant);
        Running running = deployment.start();
        try {
          results.await(deployment.published());
        } finally {
          running.close();
        }
      }
    }
  }

  private void measure(Combination tried, LiveLoad load) {
    List<Takeover> takeovers = new ArrayList<>();
    long resident;
    int standbys = tried.standbys();
    try (ChildFleet fleet = new ChildFleet(tried.settings(), options.partitions(), standbys)) {
      fleet.start(options.instances());
      fleet.awaitSettled();
      resident = fleet.residentMegabytes().orElse(0);
      takeovers.add(Takeover.measure(fleet, load, options.partitions()));
      while (takeovers.size() < options.kills()) {
        fleet.start(1);
        fleet.awaitSettled();
        takeovers.add(Takeover.measure(fleet, load, options.partitions()));
      }
    }
    new TakeoverCase(tried.kafka(), standbys, takeovers, resident).report(out, cases.addObject());
  }
}
