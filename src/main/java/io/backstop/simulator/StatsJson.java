package io.backstop.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes {@link SimulatorStats} as the JSON of {@code GET /stats}. */
final class StatsJson {
  private StatsJson() {}

  static JsonNode write(SimulatorStats stats) {
    ObjectNode node = Json.object();
    node.put("since", stats.since().toString()).put("calls", stats.calls());
    ObjectNode services = node.putObject("services");
    stats.services().forEach((label, service) -> services.set(label, service(service)));
    return node;
  }

  private static ObjectNode service(SimulatorStats.Service service) {
    ObjectNode node = Json.object();
    node.put("calls", service.calls());
    node.put("inFlight", service.inFlight());
    node.put("peakInFlight", service.peakInFlight());
    node.put("urlCredentials", service.urlCredentials());
    node.putObject("keys")
        .put("distinct", service.keys().distinct())
        .put("repeated", service.keys().repeated())
        .put("absent", service.keys().absent());
    node.putObject("effects")
        .put("total", service.effects().total())
        .put("repeated", service.effects().repeated());
    ObjectNode endpoints = node.putObject("endpoints");
    service
        .endpoints()
        .forEach(
            (name, endpoint) -> {
              ObjectNode entry = endpoints.putObject(name);
              entry.put("calls", endpoint.calls());
              ObjectNode answers = entry.putObject("answers");
              endpoint.answers().forEach(answers::put);
            });
    return node;
  }
}
