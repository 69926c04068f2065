package io.backstop.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.function.Supplier;

/** What the simulator answers outside the emulated services: statistics, faults, recorded calls. */
final class ControlApi {
  private static final String HELP =
      "use GET|DELETE /stats, GET|PUT|DELETE /faults, GET|PUT|DELETE /faults/{service} with one of "
          + EmulatedService.labels()
          + " or 'all', PUT|DELETE /calls, GET /calls?service={service}&since={sequence}";

  private final Simulator simulator;
  private final CallsApi calls;

  ControlApi(Simulator simulator) {
    this.simulator = simulator;
    this.calls = new CallsApi(simulator);
  }

  void arrive(HttpServerRequest request) {
    BodyCollector.collect(request, body -> send(request, answer(request, body)));
  }

  private static void send(HttpServerRequest request, Reply reply) {
    request
        .response()
        .setStatusCode(reply.status())
        .putHeader("content-type", reply.contentType())
        .end(Buffer.buffer(reply.body()));
  }

  private Reply answer(HttpServerRequest request, byte[] body) {
    String method = request.method().name();
    String path = request.path();
    if (path.equals("/stats")) {
      return stats(method);
    } else if (path.equals("/faults")) {
      return allFaults(method, body);
    } else if (path.startsWith("/faults/")) {
      return faults(method, path.substring("/faults/".length()), body);
    } else if (path.equals("/calls")) {
      return calls.answer(request);
    }
    return error(404, "nothing at " + path + "; " + HELP);
  }

  private Reply stats(String method) {
    return switch (method) {
      case "GET" -> Reply.pretty(200, StatsJson.write(simulator.stats()));
      case "DELETE" -> {
        simulator.resetStats();
        yield noContent();
      }
      default -> notAllowed(method);
    };
  }

  private Reply allFaults(String method, byte[] body) {
    return switch (method) {
      case "GET" -> showAll();
      case "PUT" ->
          validated(
              () -> {
                FaultJson.readAll(body).forEach(simulator::setFaults);
                return showAll();
              });
      case "DELETE" -> {
        simulator.setFaults(FaultPlan.HEALTHY);
        yield noContent();
      }
      default -> notAllowed(method);
    };
  }

  private Reply showAll() {
    ObjectNode all = Json.object();
    for (EmulatedService service : EmulatedService.values()) {
      all.set(service.label(), FaultJson.write(simulator.faults(service)));
    }
    return Reply.pretty(200, all);
  }

  private Reply faults(String method, String label, byte[] body) {
    Optional<EmulatedService> service = EmulatedService.byLabel(label);
    if (service.isEmpty() && !label.equals("all")) {
      return error(404, "unknown service '" + label + "'; " + HELP);
    }
    return switch (method) {
      case "GET" ->
          service
              .map(one -> Reply.pretty(200, FaultJson.write(simulator.faults(one))))
              .orElseGet(this::showAll);
      case "PUT" ->
          validated(
              () -> {
                FaultPlan plan = FaultJson.read(body);
                set(service, plan);
                return Reply.pretty(200, FaultJson.write(plan));
              });
      case "DELETE" -> {
        set(service, FaultPlan.HEALTHY);
        yield noContent();
      }
      default -> notAllowed(method);
    };
  }

  private static Reply validated(Supplier<Reply> change) {
    try {
      return change.get();
    } catch (InvalidFaultException e) {
      ObjectNode problem = Json.object().put("field", e.field());
      return Reply.pretty(400, problem.put("error", e.getMessage()));
    }
  }

  private void set(Optional<EmulatedService> service, FaultPlan plan) {
    service.ifPresentOrElse(one -> simulator.setFaults(one, plan), () -> simulator.setFaults(plan));
  }

  static Reply noContent() {
    return Reply.text(204, "");
  }

  static Reply notAllowed(String method) {
    return error(405, "method " + method + " is not allowed here; " + HELP);
  }

  static Reply error(int status, String message) {
    return Reply.pretty(status, Json.object().put("error", message));
  }
}
