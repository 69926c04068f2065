package io.backstop.torture;

import io.backstop.action.ActionEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A time in which the fleet's circuit of a service was OPEN, by its events; epoch milliseconds. */
record OpenTime(String service, long fromMs, long untilMs) {

  /**
   * @param end until when one lasts that nothing has ended
   */
  static List<OpenTime> of(List<ActionEvent> events, long end) {
    List<OpenTime> times = new ArrayList<>();
    Map<String, Long> openSince = new HashMap<>();
    for (ActionEvent event : events) {
      long at = event.getAt().toEpochMilli();
      switch (event.getType()) {
        case CIRCUIT_OPENED -> openSince.put(event.getScope(), at);
        case CIRCUIT_HALF_OPEN, CIRCUIT_CLOSED, CIRCUIT_DISABLED -> {
          Long since = openSince.remove(event.getScope());
          if (since != null) {
            times.add(new OpenTime(event.getScope(), since, at));
          }
        }
        default -> {}
      }
    }
    openSince.forEach((service, since) -> times.add(new OpenTime(service, since, end)));
    return times;
  }
}
