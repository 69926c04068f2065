package io.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionEvent;
import io.backstop.action.EventType;
import io.backstop.action.FailureClass;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventViewTest {
  private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

  private final EventView view = new EventView();

  @Test
  void shouldShowWhatHappenedToACircuit() {
    var event =
        ActionEvent.newBuilder()
            .setType(EventType.INSTANCE_ISOLATED)
            .setAt(AT)
            .setScope("notion")
            .setInstance("host-1")
            .setActor("ann")
            .setReason("5 failures in a row")
            .build();

    assertThat(view.line(event, false))
        .startsWith("2026-03-01T10:00:00Z  INSTANCE_ISOLATED    notion ")
        .endsWith("instance host-1: 5 failures in a row (by ann)");
  }

  @Test
  void shouldShowWhatBecameOfARequest() {
    var event =
        ActionEvent.newBuilder()
            .setType(EventType.REQUEST_FAILED)
            .setAt(AT)
            .setRequestId("r-1")
            .setAction("notion:query")
            .setFailureClass(FailureClass.TIMEOUT)
            .setReason("no answer in 10 s")
            .build();

    assertThat(view.line(event, false))
        .contains("r-1", "notion:query")
        .endsWith("TIMEOUT: no answer in 10 s");
    assertThat(view.line(event, true)).startsWith("{").contains("\"type\":\"REQUEST_FAILED\"");
  }
}
