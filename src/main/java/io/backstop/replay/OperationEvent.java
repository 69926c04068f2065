package io.backstop.replay;

import io.backstop.action.DeskReport;
import java.util.Optional;

/** What can happen to an operation. */
sealed interface OperationEvent {

  /**
   * The order to select has gone out.
   *
   * @param desks how many desks there are, at least 1
   */
  record Ordered(int desks) implements OperationEvent {}

  /** A desk has told what it has done. */
  record Reported(DeskReport report) implements OperationEvent {}

  /**
   * Time for the next letters.
   *
   * @param atMost how many of them pace and window allow
   * @param isCrowded whether replays of other operations are all that may be under way
   * @param obstacle why nothing can be sent to its targets now, for a person
   * @param holdup what keeps its requests that are under way from ending, for a person
   */
  record Due(long atMost, boolean isCrowded, Optional<String> obstacle, Optional<String> holdup)
      implements OperationEvent {

    /** Where no other operation is in the way. */
    Due(long atMost, Optional<String> obstacle) {
      this(atMost, false, obstacle, Optional.empty());
    }
  }

  /** By command. */
  record Paused(String by) implements OperationEvent {}

  /** By command. */
  record Resumed(String by) implements OperationEvent {}

  /** By command. */
  record Cancelled(String by) implements OperationEvent {}
}
