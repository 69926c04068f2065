package io.backstop.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.executor.Json;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The figures of the breaker bench, for people first and as one JSON line at the end. */
final class BreakerReport {
  private final ObjectNode json;
  private final List<Outage> outages;
  private final List<Trip> trips;

  BreakerReport(BreakerOptions options, List<Outage> outages) {
    this.outages = outages;
    this.trips = outages.stream().flatMap(outage -> outage.trip().stream()).toList();
    this.json =
        Report.of("breaker")
            .put("trips", options.trips())
            .put("instances", BenchFleet.INSTANCES)
            .put("requestsPerSecond", options.requestsPerSecond())
            .put("tripsMeasured", trips.size());
  }

  void print(PrintWriter out) {
    out.printf("%-52s %8s %8s %8s%n", "", "p50", "p99", "max");
    if (!trips.isEmpty()) {
      line(out, "last call of the same instance, ms", "sameInstance", trips, Trip::sameCallerMs);
      line(out, "last call of the fleet, ms", "fleet", trips, Trip::fleetMs);
      line(out, "calls leaked by the same instance", "leakedSame", trips, Trip::sameCallerLeaked);
      line(out, "calls leaked by the fleet", "leakedFleet", trips, Trip::fleetLeaked);
    }
    line(out, "service back to CLOSED, ms", "recovery", outages, Outage::recoveryMs);
    line(out, "of this HALF_OPEN, ms", "probing", outages, Outage::probingMs);
    line(out, "probes", "probes", outages, Outage::probes);
    if (trips.size() < outages.size()) {
      out.printf(
          "In %d trips the fleet decided before any instance had seen enough by itself.%n",
          outages.size() - trips.size());
    }
    out.println(new String(Json.bytes(json), StandardCharsets.UTF_8));
    out.flush();
  }

  private <T> void line(
      PrintWriter out, String what, String field, List<T> all, ToDoubleFunction<T> figure) {
    Latencies sorted = Latencies.of(all.stream().map(figure::applyAsDouble).toList());
    out.printf(
        "%-52s %8.1f %8.1f %8.1f%n",
        what, sorted.percentile(50), sorted.percentile(99), sorted.percentile(100));
    json.putObject(field)
        .put("p50", Report.rounded(sorted.percentile(50)))
        .put("p99", Report.rounded(sorted.percentile(99)))
        .put("max", Report.rounded(sorted.percentile(100)));
  }
}
