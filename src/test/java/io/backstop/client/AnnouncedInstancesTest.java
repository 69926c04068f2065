package io.backstop.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.FleetState;
import io.backstop.action.InstanceEndpoint;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnnouncedInstancesTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private static FleetState at(String url, int secondsAgo) {
    return FleetState.newBuilder()
        .setWrittenAt(NOW.minusSeconds(secondsAgo))
        .setEndpoint(new InstanceEndpoint(url, "i"))
        .build();
  }

  @Test
  void shouldNameTheLastAnnouncedFirstAndForgetTheSilent() {
    Map<String, FleetState> states =
        Map.of(
            "endpoint:a", at("http://a:1", 40),
            "endpoint:b", at("http://b:1", 5),
            "endpoint:c", at("http://c:1", 121),
            "circuit:slack", FleetState.newBuilder().setWrittenAt(NOW).build());

    assertThat(AnnouncedInstances.urls(states, NOW.toEpochMilli()))
        .containsExactly("http://b:1", "http://a:1");
  }
}
