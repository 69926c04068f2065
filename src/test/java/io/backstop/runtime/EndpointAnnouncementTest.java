package io.backstop.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.FleetState;
import io.backstop.action.InstanceEndpoint;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndpointAnnouncementTest {
  private static final long START = 1_000_000;

  private final List<FleetState> written = new ArrayList<>();
  private final EndpointAnnouncement announcement =
      new EndpointAnnouncement(
          "fleet-state",
          "place-1",
          new InstanceEndpoint("http://10.0.0.7:8780", "i-1"),
          (topic, state) -> {
            written.add(state);
            return new byte[] {1};
          });

  @Test
  void shouldAnnounceAtOnceAndThenEveryThirtySeconds() {
    for (long now = START; now <= START + 60_000; now += 1_000) {
      announcement.due(now);
    }

    assertThat(written)
        .extracting(state -> state.getWrittenAt().toEpochMilli() - START)
        .containsExactly(0L, 30_000L, 60_000L);
    assertThat(written.get(0).getEndpoint().getUrl()).isEqualTo("http://10.0.0.7:8780");
  }

  @Test
  void shouldWriteUnderItsPlace() {
    var rec = announcement.due(START).orElseThrow();

    assertThat(rec.topic()).isEqualTo("fleet-state");
    assertThat(new String(rec.key(), StandardCharsets.UTF_8)).isEqualTo("endpoint:place-1");
  }

  @Test
  void shouldTakeItBack() {
    var rec = announcement.withdrawal();

    assertThat(new String(rec.key(), StandardCharsets.UTF_8)).isEqualTo("endpoint:place-1");
    assertThat(rec.value()).isNull();
  }

  @Test
  void shouldCountForTwoMinutes() {
    Instant announced = Instant.ofEpochMilli(START);

    assertThat(EndpointAnnouncement.isValid(announced, START + 120_000)).isTrue();
    assertThat(EndpointAnnouncement.isValid(announced, START + 120_001)).isFalse();
  }
}
