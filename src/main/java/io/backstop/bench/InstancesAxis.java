package io.backstop.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.bench.Deployment.Shape;
import io.backstop.executor.Targets;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Ever more instances under a load that is bound by the latency of the service and by how many
 * calls each instance may have in flight, so that they add throughput also on a small machine.
 */
final class InstancesAxis {
  private static final int PARTITIONS = 12;
  private static final int CALLS_IN_FLIGHT = 48;
  private static final Duration LATENCY = Duration.ofMillis(100);

  /** What one instance can do by these two. */
  private static final int BOUND_PER_SECOND = (int) (CALLS_IN_FLIGHT * 1_000 / LATENCY.toMillis());

  private static final int ROUND_SECONDS = 8;

  private final ScaleOptions options;
  private final PrintWriter out;

  InstancesAxis(ScaleOptions options, PrintWriter out) {
    this.options = options;
    this.out = out;
  }

  void measure(BenchCluster cluster, ObjectNode json) {
    ArrayNode sizes = json.putArray("instances");
    int fewest = options.instances().get(0);
    try (Deployment least = deployment(cluster, fewest)) {
      for (int instances : options.instances().subList(1, options.instances().size())) {
        out.printf(
            "%d instances against %d, %d calls of %d ms in flight each: at most %d/s each ...%n",
            instances, fewest, CALLS_IN_FLIGHT, LATENCY.toMillis(), BOUND_PER_SECOND);
        out.flush();
        try (Deployment more = deployment(cluster, instances)) {
          int requests = Math.min(options.requests(), BOUND_PER_SECOND * ROUND_SECONDS * instances);
          Duel duel = new Duel(cluster, options.rounds(requests), out);
          TopicBytes before = TopicBytes.of(cluster);
          Growth growth =
              new Growth(
                  instances + " instances",
                  duel.fight(side(least, requests), side(more, requests)));
          growth.print(out);
          ObjectNode size = sizes.addObject().put("instances", instances);
          growth.put(size.put("boundPerSecond", BOUND_PER_SECOND * instances));
          new BrokerShare(more, before, TopicBytes.of(cluster)).report(out, size);
        }
      }
    }
  }

  private Deployment deployment(BenchCluster cluster, int instances) {
    Map<String, String> settings = new HashMap<>();
    settings.put("backstop.services.bench.max-concurrent-calls", "" + CALLS_IN_FLIGHT);
    settings.putAll(options.settings());
    Shape shape = new Shape("i" + instances, PARTITIONS, instances, 1, settings);
    return new Deployment(cluster, shape, Targets.of(List.of(new DelayedTarget(LATENCY))));
  }

  private static Side side(Deployment deployment, int requests) {
    return new DeploymentSide(
        deployment.settings().prefix(),
        deployment,
        requests,
        SampleRequests::delayed,
        /* first= */ false);
  }
}
