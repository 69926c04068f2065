package io.backstop.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.FleetState;
import io.backstop.action.OperationKind;
import io.backstop.action.OperationPhase;
import io.backstop.action.OperationStatus;
import io.backstop.metrics.ActionMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OperationMeterTest {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final OperationMeter meter = new OperationMeter(new ActionMetrics(meters));

  private static FleetState replay(OperationPhase phase, long released) {
    OperationStatus status =
        OperationStatus.newBuilder()
            .setKind(OperationKind.REPLAY)
            .setPhase(phase)
            .setStartedAt(Instant.EPOCH)
            .setSelected(100)
            .setReleased(released)
            .setPassedOver(Map.of("GONE", 2L, "CHANGED", 1L))
            .build();
    return FleetState.newBuilder().setWrittenAt(Instant.EPOCH).setOperation(status).build();
  }

  private double letters(String state) {
    return meters.get("backstop.replay.letters").tag("state", state).gauge().value();
  }

  private double running() {
    return meters
        .get("backstop.operations")
        .tags("kind", "REPLAY", "phase", "RUNNING")
        .gauge()
        .value();
  }

  @Test
  void shouldAddUpReplaysThatAreNotAtTheirEnd() {
    meter.changed("op-1", replay(OperationPhase.RUNNING, 10));
    meter.changed("op-2", replay(OperationPhase.RUNNING, 30));

    assertThat(running()).isEqualTo(2);
    assertThat(letters("selected")).isEqualTo(200);
    assertThat(letters("released")).isEqualTo(40);
    assertThat(letters("passed-over")).isEqualTo(6);
  }

  @Test
  void shouldShowNothingOfOneThatIsAtItsEndOrForgotten() {
    meter.changed("op-1", replay(OperationPhase.RUNNING, 10));
    meter.changed("op-2", replay(OperationPhase.PAUSED, 10));

    meter.changed("op-1", replay(OperationPhase.COMPLETED, 100));
    meter.changed("op-2", null);

    assertThat(running()).isZero();
    assertThat(letters("selected")).isZero();
  }
}
