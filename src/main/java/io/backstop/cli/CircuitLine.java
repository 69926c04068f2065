package io.backstop.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.action.CallStatistics;
import io.backstop.action.CircuitState;
import io.backstop.action.CircuitStatus;
import io.backstop.action.FleetKey;
import io.backstop.action.FleetState;
import io.backstop.action.RateShares;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How one circuit stands, for people and scripts.
 *
 * @param status empty where the fleet has decided nothing: calls are made
 * @param statistics empty where there are none of this window
 * @param pausedUntil no call is started before, because the service asked for it
 */
record CircuitLine(
    String scope,
    Optional<CircuitStatus> status,
    Optional<CallStatistics> statistics,
    Optional<Instant> pausedUntil,
    Instant now) {
  static final Table TABLE =
      new Table()
          .column("SERVICE", 20)
          .column("STATE", 11)
          .column("SINCE", 8)
          .column("FAILURES", 11)
          .column("NEXT PROBE", 10)
          .column("SUCCESS", 7)
          .column("MEAN", 9)
          .column("P99", 9)
          .column("ISOLATED", 8)
          .last("NOTE");

  /**
   * @param states everything decided, by record key
   */
  static CircuitLine of(String scope, Map<String, FleetState> states, Instant now) {
    return new CircuitLine(
        scope,
        state(FleetKey.CIRCUIT, scope, states).map(FleetState::getCircuit),
        state(FleetKey.STATISTICS, scope, states)
            .filter(state -> isOfThisWindow(state, now))
            .map(FleetState::getStatistics),
        state(FleetKey.LIMIT, scope, states)
            .map(FleetState::getLimit)
            .map(RateShares::getPausedUntil)
            .filter(now::isBefore),
        now);
  }

  private static Optional<FleetState> state(
      FleetKey key, String scope, Map<String, FleetState> states) {
    return Optional.ofNullable(states.get(key.of(scope)));
  }

  /** Where no processor runs, nobody takes back what was so when the last one stopped. */
  private static boolean isOfThisWindow(FleetState state, Instant now) {
    CallStatistics statistics = state.getStatistics();
    return statistics != null
        && statistics.getCalls() > 0
        && now.isBefore(state.getWrittenAt().plusMillis(statistics.getWindowMs()));
  }

  String[] row() {
    return new String[] {
      scope,
      state().name(),
      status.map(each -> Span.of(Duration.between(each.getSince(), now))).orElse(null),
      statistics.map(each -> each.getFailures() + "/" + each.getCalls()).orElse(null),
      nextProbe(),
      statistics
          .map(each -> String.format(Locale.ROOT, "%.1f%%", 100 * success(each)))
          .orElse(null),
      statistics.map(each -> millis(each.getMeanMs())).orElse(null),
      statistics.map(each -> millis(each.getP99Ms())).orElse(null),
      status
          .map(each -> each.getIsolated().size())
          .filter(n -> n > 0)
          .map(n -> "" + n)
          .orElse(null),
      note()
    };
  }

  private CircuitState state() {
    return status.map(CircuitStatus::getState).orElse(CircuitState.CLOSED);
  }

  private String nextProbe() {
    if (state() == CircuitState.HALF_OPEN) {
      return "probing";
    }
    return openUntil().map(until -> Span.until(Duration.between(now, until))).orElse(null);
  }

  private Optional<Instant> openUntil() {
    return status
        .filter(each -> each.getState() == CircuitState.OPEN)
        .map(CircuitStatus::getOpenUntil);
  }

  private String note() {
    var note = new StringBuilder();
    pausedUntil.ifPresent(
        until ->
            note.append("paused by the service, goes on ")
                .append(Span.until(Duration.between(now, until)))
                .append("; "));
    status.ifPresent(
        each -> {
          if (!each.getIsolated().isEmpty()) {
            note.append("isolated: ").append(String.join(", ", each.getIsolated())).append("; ");
          }
          note.append(each.getReason());
          if (each.getActor() != null) {
            note.append(" (by ").append(each.getActor()).append(')');
          }
        });
    return note.toString().replaceFirst("; $", "");
  }

  private static double success(CallStatistics statistics) {
    return 1 - (double) statistics.getFailures() / statistics.getCalls();
  }

  private static String millis(double millis) {
    return String.format(Locale.ROOT, millis < 10 ? "%.1f ms" : "%,.0f ms", millis);
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("service", scope);
    json.put("state", state().name());
    json.put("since", text(status.map(CircuitStatus::getSince)));
    json.put("openUntil", text(openUntil()));
    json.put("openings", status.map(CircuitStatus::getOpenings).orElse(0));
    json.put("calls", statistics.map(CallStatistics::getCalls).orElse(0L));
    json.put("failures", statistics.map(CallStatistics::getFailures).orElse(0L));
    json.put("windowMs", statistics.map(CallStatistics::getWindowMs).orElse(null));
    json.put("successRate", statistics.map(CircuitLine::success).orElse(null));
    json.put("meanMs", statistics.map(CallStatistics::getMeanMs).orElse(null));
    json.put("p99Ms", statistics.map(CallStatistics::getP99Ms).orElse(null));
    var isolated = json.putArray("isolated");
    status.ifPresent(each -> each.getIsolated().forEach(isolated::add));
    json.put("pausedUntil", text(pausedUntil));
    json.put("reason", status.map(CircuitStatus::getReason).orElse(""));
    json.put("actor", status.map(CircuitStatus::getActor).orElse(null));
    return json;
  }

  private static String text(Optional<?> value) {
    return value.map(Objects::toString).orElse(null);
  }

  /** One line: a row of the table, or a JSON object. */
  String text(boolean asJson) {
    return asJson ? json().toString() : TABLE.row(row());
  }
}
