package io.backstop.replay;

import io.backstop.action.Command;
import io.backstop.action.OperationKind;
import io.backstop.action.OperationPlan;
import io.backstop.executor.Targets;
import java.util.Map;
import java.util.Optional;

/** What a command that starts an operation asks for. */
sealed interface Asked {
  Map<String, OperationKind> KINDS =
      Map.of(
          "replay.start", OperationKind.REPLAY,
          "letters.dismiss", OperationKind.DISMISS,
          "letters.reopen", OperationKind.REOPEN,
          "letters.categorize", OperationKind.CATEGORIZE,
          "letters.note", OperationKind.NOTE);

  /**
   * An operation that can begin.
   *
   * @param rate letters a second; null for as fast as may be
   * @param abortAbove 0 to 1
   */
  record Start(OperationPlan plan, Double rate, boolean ramp, double abortAbove) implements Asked {}

  /** Nothing that could be done. */
  record Refused(String reason) implements Asked {}

  /**
   * @param command one of {@link #KINDS}
   */
  static Asked of(Command command, Targets targets) {
    OperationKind kind = KINDS.get(command.getName());
    Optional<String> problem = SelectionCheck.problem(command.getSelection(), kind);
    if (problem.isPresent()) {
      return new Refused(problem.get());
    }
    return kind == OperationKind.REPLAY
        ? ReplayArguments.of(command, targets)
        : LetterArguments.of(command, kind);
  }
}
