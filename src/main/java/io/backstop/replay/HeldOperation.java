package io.backstop.replay;

import io.backstop.action.KeptOperation;
import io.backstop.action.OperationKind;
import io.backstop.action.OperationPhase;
import io.backstop.action.OperationStatus;
import java.util.Optional;

/**
 * What the coordinator holds of one operation: its state, its pace, and what of it everybody has
 * been told. Stream thread only.
 */
final class HeldOperation {
  private static final long PUBLISHING_MS = 250;
  private static final long WINDOW_AFTER_END_MS = 3_600_000;

  private final String id;
  private final Pace pace;
  private KeptOperation state;
  private OperationStatus told;
  private long toldAt;

  private HeldOperation(String id, KeptOperation state, Pace pace) {
    this.id = id;
    this.state = state;
    this.pace = pace;
    this.toldAt = Long.MIN_VALUE / 2;
  }

  static HeldOperation begun(String id, KeptOperation state, long now) {
    return new HeldOperation(id, state, Pace.from(state.getStatus().getRate(), now));
  }

  /** As the store has it; an earlier owner of the task may not have told everybody. */
  static HeldOperation read(String id, KeptOperation state, long now) {
    return new HeldOperation(id, state, Pace.again(state.getStatus().getRate(), now));
  }

  String id() {
    return id;
  }

  KeptOperation state() {
    return state;
  }

  OperationStatus status() {
    return state.getStatus();
  }

  Transition apply(OperationEvent event, long now) {
    Transition transition = Operation.apply(state, event, now);
    pace.took(transition.released(), now);
    if (!transition.state().equals(state)) {
      state = transition.state();
    }
    return transition;
  }

  /** How many letters its pace allows now. */
  long due(long now) {
    return pace.due(now);
  }

  boolean isReplay() {
    return status().getKind() == OperationKind.REPLAY;
  }

  /** Whether it goes on by itself as time passes. */
  boolean isDriven() {
    OperationPhase phase = status().getPhase();
    return phase == OperationPhase.SELECTING || phase == OperationPhase.RUNNING;
  }

  /** Whether it takes part in the window. */
  boolean wantsToReplay() {
    return isReplay()
        && status().getPhase() == OperationPhase.RUNNING
        && new Desks(state.getDesks()).left() > 0;
  }

  boolean isOpen() {
    return OperationMoves.isOpen(status().getPhase());
  }

  boolean hasEnded() {
    return status().getEndedAt() != null;
  }

  long outstanding() {
    return Counting.outstanding(state);
  }

  /**
   * How much of the window it takes. What is parked for long does not press on anybody, and must
   * not keep all further replays waiting when its own has ended.
   */
  long inWindow(long now) {
    boolean isOld = hasEnded() && now - status().getEndedAt().toEpochMilli() >= WINDOW_AFTER_END_MS;
    return isOld ? 0 : outstanding();
  }

  /** The status, when it is new and the time has come to tell it. */
  Optional<OperationStatus> news(long now) {
    boolean isDue = now - toldAt >= PUBLISHING_MS || now < toldAt;
    if (status() == told || !(isDue || hasEnded())) {
      return Optional.empty();
    }
    told = status();
    toldAt = now;
    return Optional.of(told);
  }
}
