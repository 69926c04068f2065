package io.backstop.torture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * All that is known when a run is over.
 *
 * @param steps fallback steps by action, in order
 * @param seen what was seen to go wrong already while it ran
 * @param blows what was done to the fleet
 */
record Evidence(
    List<Published> published,
    List<Recorded> outcomes,
    List<ServiceCall> calls,
    List<OpenTime> openTimes,
    List<Disturbance> disturbances,
    Map<String, List<String>> steps,
    List<Violation> seen,
    Toll blows) {

  /** In order of arrival. */
  Map<String, List<ServiceCall>> callsByKey() {
    return calls.stream()
        .sorted(Comparator.comparingLong(ServiceCall::arrivedAtMs))
        .collect(Collectors.groupingBy(ServiceCall::key));
  }

  /** The targets of a request as its strategy has them: the action, then its fallback steps. */
  List<String> order(Recorded outcome) {
    List<String> order = new ArrayList<>();
    outcome.action().ifPresent(order::add);
    order.addAll(steps.getOrDefault(outcome.action().orElse(""), List.of()));
    return order;
  }
}
