package io.backstop.bench;

import io.backstop.topology.Topics;
import java.io.PrintWriter;
import java.util.List;

/** What Backstop costs by itself, with a target that takes no time. */
public final class OverheadBench {
  private static final String PREFIX = "bench.";

  private OverheadBench() {}

  /** Prints as it goes; the last line is JSON. Takes a minute or two with the default options. */
  public static void run(BenchOptions options, PrintWriter out) {
    var report = new Report("overhead", options, out);
    try (BenchCluster cluster = BenchCluster.start()) {
      out.printf("Filling a topic with %,d requests of 500 bytes ...%n", options.requests());
      out.flush();
      var settings = new BenchSettings(cluster, options, PREFIX);
      settings.publish(cluster, SampleRequests::instant);
      String copies = PREFIX + "copies";
      cluster.createTopic(copies, options.partitions());
      String requests = new Topics(PREFIX).requests();
      report.add(
          new Duel(cluster, options, out)
              .fight(
                  new CopyLoop(cluster, requests, copies, options.threads()),
                  new ProcessorSide(settings, List.of(new InstantTarget()))));
      if (options.pacedSeconds() > 0) {
        var paced = new BenchSettings(cluster, options, "paced.");
        report.add(new PacedRun(cluster, paced, options).measure(), PacedRun.PER_SECOND);
      }
    }
    report.end();
  }
}
