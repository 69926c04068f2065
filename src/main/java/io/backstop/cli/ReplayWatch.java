package io.backstop.cli;

import io.backstop.action.FleetKey;
import io.backstop.action.FleetState;
import io.backstop.action.OperationStatus;
import io.backstop.client.FleetStates;
import java.time.InstantSource;
import java.util.Optional;

/** Follows one operation in the fleet's state until it is over. For one thread. */
final class ReplayWatch implements FleetStates.Listener {
  private final String key;
  private final ReplayDisplay display;
  private final InstantSource clock;
  private OperationStatus status;
  private boolean forgotten;

  ReplayWatch(String id, ReplayDisplay display, InstantSource clock) {
    this.key = FleetKey.OPERATION.of(id);
    this.display = display;
    this.clock = clock;
  }

  @Override
  public void changed(String changedKey, FleetState state) {
    if (!changedKey.equals(key)) {
      return;
    }
    OperationStatus now = state == null ? null : state.getOperation();
    forgotten = now == null;
    if (now != null && !now.equals(status)) {
      status = now;
      display.at(status, clock.instant());
    }
  }

  /** As last seen; empty when the fleet has said nothing of it. */
  Optional<OperationStatus> status() {
    return Optional.ofNullable(status);
  }

  /** Whether nothing more will come. */
  boolean isOver() {
    return forgotten || status != null && ReplayPace.isOver(status);
  }
}
