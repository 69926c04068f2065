package io.backstop.cli;

import io.backstop.action.FleetState;
import io.backstop.action.OperationKind;
import io.backstop.action.OperationPhase;
import io.backstop.action.OperationStatus;
import java.util.Map;

/** How far replays might be. */
final class SampleOperations {
  private SampleOperations() {}

  static OperationStatus.Builder replay(OperationPhase phase) {
    return OperationStatus.newBuilder()
        .setKind(OperationKind.REPLAY)
        .setPhase(phase)
        .setActor("ann")
        .setReason("notion is back")
        .setStartedAt(SampleFleet.NOW)
        .setSelected(100);
  }

  static OperationStatus running(long succeeded, long failedAgain) {
    return replay(OperationPhase.RUNNING)
        .setSucceeded(succeeded)
        .setFailedAgain(failedAgain)
        .setPassedOver(Map.of("INVALID", 2L))
        .build();
  }

  static FleetState state(OperationStatus status) {
    return FleetState.newBuilder().setWrittenAt(SampleFleet.NOW).setOperation(status).build();
  }
}
