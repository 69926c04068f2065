package io.backstop.replay;

/** What follows from an event, beside the new state. */
sealed interface OperationEffect {

  /** A desk is to work on some more of its letters. */
  record Released(int desk, int count) implements OperationEffect {}

  /** It is over: the desks can forget it, and the command is to be answered. */
  record Ended() implements OperationEffect {}
}
