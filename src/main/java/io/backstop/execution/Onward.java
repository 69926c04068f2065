package io.backstop.execution;

import io.backstop.action.TerminalOutcome;
import io.backstop.action.Work;

/** What a request does when a step of it has failed. */
sealed interface Onward {

  /** It ends. */
  record Ended(TerminalOutcome outcome) implements Onward {}

  /** It goes to the topic of the step that its cascade is now at. */
  record Hop(Work work) implements Onward {}
}
