package io.backstop.desk;

import io.backstop.action.ActionRequest;
import io.backstop.action.Attempt;
import io.backstop.action.DeadLetter;
import java.util.List;
import java.util.Optional;

/** The attempt that a letter's failure class is from. */
final class DecidingAttempt {
  private DecidingAttempt() {}

  /**
   * The last one of the primary action that failed with the letter's class: fallback steps only
   * followed from it. Else the last one of all.
   */
  static Optional<Attempt> of(DeadLetter letter) {
    List<Attempt> attempts = letter.getAttempts();
    ActionRequest request = letter.getRequest();
    for (int index = attempts.size() - 1; request != null && index >= 0; index--) {
      Attempt attempt = attempts.get(index);
      if (attempt.getFailureClass() == letter.getFailureClass()
          && attempt.getTarget().equals(request.getAction())) {
        return Optional.of(attempt);
      }
    }
    return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.get(attempts.size() - 1));
  }
}
