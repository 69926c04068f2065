package io.backstop.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The paths of the port for health checks and metrics, and their part of the OpenAPI document. */
final class MonitoringPaths {
  static final String LIVE = "/health/live";
  static final String READY = "/health/ready";
  static final String HEALTH = "/health";
  static final String METRICS = "/metrics";
  static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  /** The name of the form of health answers among the document's schemas. */
  static final String FORM = "Health";

  private record Path(String path, String what, String failing) {}

  private static final List<Path> HEALTH_PATHS =
      List.of(
          new Path(
              LIVE,
              "Whether the process is to be kept. Fails only when the processor cannot go on and a"
                  + " restart helps; that Kafka is away is no such reason.",
              "The processor cannot go on: start it again."),
          new Path(
              READY,
              "Whether the instance works on requests. Fails while it starts, restores its stores,"
                  + " rebalances for longer than backstop.monitoring.max-rebalance, is more than"
                  + " backstop.monitoring.max-lag records behind, or stops.",
              "It does not work on requests now."),
          new Path(
              HEALTH,
              "Each dependency: the brokers, the schema registry, the circuits of services. Brokers"
                  + " and registry are asked at most every 30 s, and who asks waits for 2 s at most.",
              "No broker answers, or the processor cannot go on."));

  private MonitoringPaths() {}

  /** Adds the paths to a document that has those of the queries. */
  static void addTo(ObjectNode paths) {
    for (Path each : HEALTH_PATHS) {
      ObjectNode responses = path(paths, each.path(), each.what());
      health(responses.putObject("200"), "Yes: status is pass, or warn where work still goes on.");
      health(responses.putObject("503"), each.failing());
    }
    ObjectNode metrics = path(paths, METRICS, "All meters, for Prometheus: see docs/metrics.md.");
    content(metrics.putObject("200").put("description", "Prometheus text."), "text/plain")
        .putObject("schema")
        .put("type", "string");
  }

  static ObjectNode form() {
    return Answer.object()
        .with("status", "string", "pass, warn or fail: that of the worst check.")
        .with(
            "checks",
            "object",
            "By name, each a list of one: status, observedValue, observedUnit, output (what is"
                + " wrong), time (when it was looked at).")
        .schema()
        .put("description", "Health as draft-inadarei-api-health-check has it.");
  }

  /** On a port of its own, and without a token. */
  private static ObjectNode path(ObjectNode paths, String path, String what) {
    ObjectNode item = paths.putObject(path);
    item.putArray("servers")
        .addObject()
        .put("url", "/")
        .put("description", "The port of backstop.monitoring, not that of the queries.");
    ObjectNode operation = item.putObject("get").put("summary", what);
    operation.putArray("security");
    return operation.putObject("responses");
  }

  private static void health(ObjectNode response, String description) {
    content(response.put("description", description), HealthJson.MEDIA_TYPE)
        .putObject("schema")
        .put("$ref", "#/components/schemas/" + FORM);
  }

  private static ObjectNode content(ObjectNode response, String mediaType) {
    return response.putObject("content").putObject(mediaType);
  }
}
