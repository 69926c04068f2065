package io.backstop.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.bench.Deployment.Shape;
import io.backstop.bench.Side.Running;
import io.backstop.executor.Targets;
import java.io.PrintWriter;
import java.util.List;

/** One instance with one thread and ever more partitions, with a target that takes no time. */
final class PartitionsAxis {
  private final ScaleOptions options;
  private final PrintWriter out;

  PartitionsAxis(ScaleOptions options, PrintWriter out) {
    this.options = options;
    this.out = out;
  }

  void measure(BenchCluster cluster, ObjectNode json) {
    ArrayNode sizes = json.putArray("partitions");
    int smallest = options.partitions().get(0);
    try (Deployment least = deployment(cluster, "smallest", smallest)) {
      for (int partitions : options.partitions().subList(1, options.partitions().size())) {
        out.printf("%d partitions against %d ...%n", partitions, smallest);
        out.flush();
        try (Deployment more = deployment(cluster, "p" + partitions, partitions)) {
          Duel duel = new Duel(cluster, options.rounds(options.requests()), out);
          Growth growth =
              new Growth(partitions + " partitions", duel.fight(side(least), side(more)));
          growth.print(out);
          ObjectNode size = sizes.addObject().put("partitions", partitions);
          growth.put(size);
          start(more, size);
        }
      }
    }
  }

  private Deployment deployment(BenchCluster cluster, String name, int partitions) {
    Shape shape = new Shape(name, partitions, 1, 1, options.settings());
    return new Deployment(cluster, shape, Targets.of(List.of(new InstantTarget())));
  }

  private Side side(Deployment deployment) {
    return new DeploymentSide(
        deployment.settings().prefix(),
        deployment,
        options.requests(),
        SampleRequests::instant,
        /* first= */ true);
  }

  /** Once more, with nothing to do and its state on disk. */
  private void start(Deployment deployment, ObjectNode json) {
    long start = System.nanoTime();
    Running running = deployment.start();
    double seconds = (System.nanoTime() - start) / 1e9;
    running.close();
    double state = Disk.bytes(deployment.states().get(0)) / 1e6;
    out.printf("  start     %.1f s with its state on disk, which is %.0f MB%n", seconds, state);
    out.flush();
    json.put("startSeconds", Report.rounded(seconds)).put("stateMb", Report.rounded(state));
  }
}
