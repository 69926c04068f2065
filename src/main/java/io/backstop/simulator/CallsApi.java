package io.backstop.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code /calls}: starts and stops the recording of calls, and reads it. */
final class CallsApi {
  /** Few enough to be written within some milliseconds, in which no other call is served. */
  static final int MOST_LINES = 2_000;

  private static final String JSON_LINES = "application/x-ndjson; charset=utf-8";

  private final Simulator simulator;

  CallsApi(Simulator simulator) {
    this.simulator = simulator;
  }

  Reply answer(HttpServerRequest request) {
    return switch (request.method().name()) {
      case "GET" -> read(request);
      case "PUT" -> start(request);
      case "DELETE" -> {
        simulator.stopRecordingCalls();
        yield ControlApi.noContent();
      }
      default -> ControlApi.notAllowed(request.method().name());
    };
  }

  private Reply start(HttpServerRequest request) {
    OptionalLong capacity = number(request, "capacity", SimulatorOptions.DEFAULT_RECORDED_CALLS);
    if (capacity.isEmpty()
        || capacity.getAsLong() < 1
        || capacity.getAsLong() > SimulatorOptions.MAX_RECORDED_CALLS) {
      return ControlApi.error(
          400, "capacity is not a number from 1 to " + SimulatorOptions.MAX_RECORDED_CALLS);
    }
    simulator.recordCalls((int) capacity.getAsLong());
    return ControlApi.noContent();
  }

  private Reply read(HttpServerRequest request) {
    String label = request.getParam("service", "");
    Optional<EmulatedService> service = EmulatedService.byLabel(label);
    if (service.isEmpty()) {
      return ControlApi.error(
          400, "service '" + label + "' is not one of " + EmulatedService.labels());
    }
    OptionalLong since = number(request, "since", 0);
    if (since.isEmpty()) {
      return ControlApi.error(400, "since is not the sequence of a call: write a number, or 0");
    }
    return simulator
        .ledger(service.get())
        .map(ledger -> lines(ledger.since(since.getAsLong(), MOST_LINES)))
        .orElseGet(
            () -> ControlApi.error(409, "calls are not recorded: PUT /calls starts recording"));
  }

  /** Empty when it is there but not a number. */
  private static OptionalLong number(HttpServerRequest request, String name, long absent) {
    String text = request.getParam(name);
    if (text == null) {
      return OptionalLong.of(absent);
    }
    return text.matches("[0-9]{1,18}")
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }

  private static Reply lines(List<RecordedCall> calls) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream(calls.size() * 160);
    for (RecordedCall call : calls) {
      lines.writeBytes(Json.write(json(call)));
      lines.write('\n');
    }
    return new Reply(200, JSON_LINES, lines.toByteArray(), false);
  }

  private static ObjectNode json(RecordedCall call) {
    return Json.object()
        .put("sequence", call.sequence())
        .put("arrivedAtMs", call.arrivedAtMs())
        .put("arrivedAtNanos", call.arrivedAtNanos())
        .put("endpoint", call.endpoint())
        .put("key", call.key().orElse(null))
        .put("generation", call.generation())
        .put("answer", call.answer().map(RecordedCall.Answer::status).orElse(null))
        .put("answeredAtNanos", call.answer().map(RecordedCall.Answer::atNanos).orElse(null));
  }
}
