package io.backstop.action;

/** What is done when an action has failed. Thread-safe, shared by all tasks of the process. */
public interface FallbackRule {

  /**
   * The steps of a request whose primary action has failed, at position -1; without any steps where
   * fallbacks are switched off. Includes what the request itself allows by its policy.
   *
   * @param failureClass why it has failed
   */
  Cascade cascadeOf(ActionRequest request, FailureClass failureClass);

  /** JSON that the step {@code default-value} answers with; null where there is none. */
  String defaultValue(ActionRequest request);
}
