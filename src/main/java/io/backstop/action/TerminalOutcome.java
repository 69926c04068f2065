package io.backstop.action;

/** The one outcome in which a piece of work ends. */
public sealed interface TerminalOutcome extends Traceable {

  Work work();

  @Override
  default OriginalRecord original() {
    return work().original();
  }

  /** It was done, or left undone by policy. */
  record Done(Work work, ActionResult result) implements TerminalOutcome {}

  /** It was asked for already and is still being worked on, as {@code originalRequestId}. */
  record Duplicate(Work work, String originalRequestId) implements TerminalOutcome {}

  /** It could be done nowhere. */
  record DeadLettered(Work work, Failure failure) implements TerminalOutcome {}
}
