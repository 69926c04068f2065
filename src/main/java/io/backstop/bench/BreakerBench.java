package io.backstop.bench;

import io.backstop.config.BackstopConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How soon a fleet of three stops calling a service that is down, and how soon it is back. The
 * instances share this process; the broker is in another.
 */
public final class BreakerBench {
  private BreakerBench() {}

  /** Prints as it goes; the last line is JSON. Takes about three seconds for each trip. */
  // the load runs by itself until it is closed
  @SuppressWarnings("try")
  public static void run(BreakerOptions options, PrintWriter out) {
    out.printf(
        "%d instances, %d requests/s, 8 of 10 to the first; the service goes down %d times ...%n",
        BenchFleet.INSTANCES, options.requestsPerSecond(), options.trips());
    out.flush();
    List<Outage> outages;
    try (BenchCluster cluster = BenchCluster.start();
        FrontDoors doors = new FrontDoors(BenchFleet.INSTANCES);
        BenchFleet fleet = new BenchFleet(cluster, doors, options.settings())) {
      fleet.start();
      outages = measure(cluster, doors, fleet, options);
    }
    new BreakerReport(options, outages).print(out);
  }

  private static List<Outage> measure(
      BenchCluster cluster, FrontDoors doors, BenchFleet fleet, BreakerOptions options) {
    BackstopConfig config = fleet.settings(0).forOneRun(Path.of("unused"));
    List<Outage> outages = new ArrayList<>();
    SkewedLoad load = new SkewedLoad(cluster, fleet.settings(0), options.requestsPerSecond());
    try (CircuitWatch circuit = new CircuitWatch(config, BenchFleet.SERVICE)) {
      // the first one is a warm-up
      Outage.measure(doors, circuit);
      for (int trip = 0; trip < options.trips(); trip++) {
        outages.add(Outage.measure(doors, circuit));
      }
    } finally {
      load.close();
    }
    return outages;
  }
}
