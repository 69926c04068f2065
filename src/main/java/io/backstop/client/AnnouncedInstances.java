package io.backstop.client;

import io.backstop.action.FleetKey;
import io.backstop.action.FleetState;
import io.backstop.config.BackstopConfig;
import io.backstop.config.StartupException;
import io.backstop.runtime.EndpointAnnouncement;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Instances that have said lately where they answer queries. */
public final class AnnouncedInstances {
  private AnnouncedInstances() {}

  /**
   * Their URLs, that of the last announcement first.
   *
   * @param problems takes one line for each record that cannot be read
   * @throws StartupException when the broker does not answer or the topic is not there
   */
  public static List<String> urls(BackstopConfig config, Consumer<String> problems) {
    try (FleetStates fleet = FleetStates.open(config, problems)) {
      return urls(fleet.read(), InstantSource.system().millis());
    }
  }

  static List<String> urls(Map<String, FleetState> states, long now) {
    Collection<FleetState> announced =
        states.entrySet().stream()
            .filter(each -> FleetKey.ENDPOINT.matches(each.getKey()))
            .map(Map.Entry::getValue)
            .toList();
    return announced.stream()
        .filter(each -> each.getEndpoint() != null)
        .filter(each -> EndpointAnnouncement.isValid(each.getWrittenAt(), now))
        .sorted(Comparator.comparing(FleetState::getWrittenAt).reversed())
        .map(each -> each.getEndpoint().getUrl())
        .distinct()
        .toList();
  }
}
