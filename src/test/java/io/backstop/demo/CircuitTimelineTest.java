package io.backstop.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionEvent;
import io.backstop.action.CallStatistics;
import io.backstop.action.CircuitState;
import io.backstop.action.CircuitStatus;
import io.backstop.action.EventType;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CircuitTimelineTest {
  private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

  private final StringWriter out = new StringWriter();
  private final CircuitTimeline timeline =
      new CircuitTimeline(new StampedLines(new PrintWriter(out), () -> START));

  private static CircuitStatus.Builder status(CircuitState state) {
    return CircuitStatus.newBuilder().setState(state).setVersion(1).setSince(START);
  }

  private static ActionEvent event(
      EventType type, long atMs, CircuitState before, CircuitStatus after, String reason) {
    return ActionEvent.newBuilder()
        .setType(type)
        .setAt(START.plusMillis(atMs))
        .setScope("notion")
        .setPreviousState(before)
        .setCircuit(after)
        .setReason(reason)
        .build();
  }

  private static ActionEvent opened(long atMs) {
    CircuitStatus open = status(CircuitState.OPEN).setOpenUntil(START.plusMillis(4_160)).build();
    ActionEvent event =
        event(EventType.CIRCUIT_OPENED, atMs, CircuitState.CLOSED, open, "5 failures in a row");
    var calls = new CallStatistics(60_000L, 217L, 6L, 0L, 88.4, 351.0, 1);
    return ActionEvent.newBuilder(event).setStatistics(calls).build();
  }

  private static ActionEvent closed(long atMs) {
    CircuitStatus closed = status(CircuitState.CLOSED).build();
    return event(
        EventType.CIRCUIT_CLOSED, atMs, CircuitState.HALF_OPEN, closed, "2 probes succeeded");
  }

  @Test
  void shouldShowAnOpeningWithItsReasonItsEndAndTheCallsBeforeIt() {
    timeline.accept(opened(2_160));

    assertThat(out.toString().lines())
        .containsExactly(
            "   2.2 s  CIRCUIT of notion: CLOSED -> OPEN: 5 failures in a row; until 4.2 s"
                + " (last 60 s: 217 calls, 6 failed, mean 88 ms, p99 351 ms)");
    assertThat(timeline.isClosed("notion")).isFalse();
    assertThat(timeline.isClosed("trello")).isTrue();
  }

  @Test
  void shouldKnowThatItClosedAgain() {
    timeline.accept(opened(2_160));
    timeline.accept(closed(8_300));

    assertThat(timeline.isClosed("notion")).isTrue();
    assertThat(timeline.changes()).isEqualTo(new CircuitChanges(1, 1));
    assertThat(out.toString())
        .endsWith(
            "   8.3 s  CIRCUIT of notion: HALF_OPEN -> CLOSED: 2 probes succeeded"
                + System.lineSeparator());
  }

  @Test
  void shouldPassOverRequestsAndWhatWasBeforeTheStart() {
    timeline.accept(opened(-1));
    timeline.accept(
        ActionEvent.newBuilder()
            .setType(EventType.REQUEST_REJECTED)
            .setAt(START.plusMillis(1))
            .build());

    assertThat(out.toString()).isEmpty();
    assertThat(timeline.isClosed("notion")).isTrue();
    assertThat(timeline.changes()).isEqualTo(CircuitChanges.NONE);
  }
}
