package io.backstop.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.action.FleetKey;
import io.backstop.action.FleetState;
import io.backstop.action.InstanceFailure;
import io.backstop.action.RecentFailures;
import io.backstop.config.SkipConfig;
import io.backstop.serde.AvroJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What failed lately at one service, for people and scripts.
 *
 * @param failures within the window, newest first
 */
record FailureLines(
    String service,
    List<InstanceFailure> failures,
    RecentFailures known,
    SkipConfig skip,
    Instant now) {
  static final Table TABLE =
      new Table()
          .column("SERVICE", 14)
          .column("AGO", 7)
          .column("TARGET", 20)
          .column("CLASS", 18)
          .column("INSTANCE", 14)
          .last("MESSAGE");

  /**
   * By service, in alphabetical order.
   *
   * @param states everything decided, by record key
   */
  static List<FailureLines> of(Map<String, FleetState> states, SkipConfig skip, Instant now) {
    List<FailureLines> services = new ArrayList<>();
    new TreeMap<>(states)
        .forEach(
            (key, state) -> {
              if (FleetKey.FAILURES.matches(key) && state.getFailures() != null) {
                String service = FleetKey.FAILURES.scope(key);
                services.add(
                    new FailureLines(
                        service,
                        recent(state.getFailures(), now.minus(skip.window())),
                        state.getFailures(),
                        skip,
                        now));
              }
            });
    return services;
  }

  /** Where no processor runs, nobody takes back what was so when the last one stopped. */
  private static List<InstanceFailure> recent(RecentFailures known, Instant since) {
    List<InstanceFailure> recent = new ArrayList<>(known.getFailures());
    recent.removeIf(each -> !each.getFailure().getAt().isAfter(since));
    Collections.reverse(recent);
    return recent;
  }

  /** Rows of the table. */
  List<String> rows() {
    return failures.stream()
        .map(
            each ->
                TABLE.row(
                    service,
                    Span.of(Duration.between(each.getFailure().getAt(), now)),
                    each.getFailure().getTarget(),
                    each.getFailure().getFailureClass().name(),
                    each.getInstance(),
                    each.getFailure().getMessage()))
        .toList();
  }

  /** That the service is skipped, in words; empty where it is not. */
  Optional<String> skipped() {
    return isSkipped()
        ? Optional.of(
            "%s is skipped by requests that allow it: %d failed within %s."
                .formatted(service, failures.size(), Span.of(skip.window())))
        : Optional.empty();
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("service", service);
    json.put("count", failures.size());
    json.put("skipped", isSkipped());
    var list = json.putArray("failures");
    for (InstanceFailure each : failures) {
      ObjectNode failure = AvroJson.of(each.getFailure());
      failure.put("instance", each.getInstance());
      list.add(failure);
    }
    json.put("clearedAt", Objects.toString(known.getClearedAt(), null));
    json.put("clearedBy", known.getClearedBy());
    return json;
  }

  private boolean isSkipped() {
    return skip.failures() > 0 && failures.size() >= skip.failures();
  }
}
