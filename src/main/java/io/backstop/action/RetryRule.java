package io.backstop.action;

/** When the calls of one scope are repeated. Thread-safe, shared by all tasks of the process. */
public interface RetryRule {

  /**
   * Counts a first attempt, of which the retry budget is a share.
   *
   * @param now epoch milliseconds
   */
  void firstAttempt(long now);

  /** Decides about another attempt, and takes it from the budget. */
  RetryDecision decide(FailedAttempt failed, long now);
}
