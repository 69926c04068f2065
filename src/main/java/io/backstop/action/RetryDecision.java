package io.backstop.action;

/** What follows on a failed attempt. */
public sealed interface RetryDecision {

  /**
   * Another attempt.
   *
   * @param dueAt not before, epoch milliseconds
   */
  record At(long dueAt) implements RetryDecision {}

  /**
   * None: the request goes on to its next step.
   *
   * @param reason why, for a person: what was used up
   */
  record Never(String reason) implements RetryDecision {}
}
