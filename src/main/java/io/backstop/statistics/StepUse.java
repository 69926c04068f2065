package io.backstop.statistics;

import io.backstop.action.ActionNames;
import io.backstop.action.ActionResult;
import io.backstop.action.ResultStatus;
import io.backstop.action.Steps;
import io.backstop.action.TerminalOutcome;
import io.backstop.action.Work;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of one fallback step of a request. A step has failed when the history has an attempt
 * of it, refused ones included, and it did not do the request.
 *
 * @param succeeded whether it did the request
 */
record StepUse(String step, boolean succeeded) {

  /** Whether an outcome used no fallback: so it is with nearly all, and costs next to nothing. */
  static boolean isNone(TerminalOutcome outcome) {
    return !outcome.work().cascade().hasBegun()
        && !(outcome instanceof TerminalOutcome.Done done && isStandIn(done.result()));
  }

  /** One for each step that was used, in order. */
  static List<StepUse> of(TerminalOutcome outcome) {
    if (outcome instanceof TerminalOutcome.Done done) {
      String last = lastStep(done);
      List<StepUse> uses = failed(done.work(), last);
      uses.add(new StepUse(last, true));
      return uses;
    }
    return failed(outcome.work(), "");
  }

  /** Skipped at once, for example, before any step was taken. */
  private static boolean isStandIn(ActionResult result) {
    return result.getExecutedViaFallback() || result.getStatus() == ResultStatus.SKIPPED;
  }

  private static String lastStep(TerminalOutcome.Done done) {
    ActionResult result = done.result();
    if (result.getFallbackAction() != null) {
      return result.getFallbackAction();
    } else if (result.getStatus() == ResultStatus.SKIPPED) {
      return Steps.SKIP;
    } else if (result.getFromCache()) {
      return Steps.CACHED_RESULT;
    }
    return done.work().cascade().hasBegun() ? done.work().cascade().step() : ActionNames.OTHER;
  }

  private static List<StepUse> failed(Work work, String but) {
    List<StepUse> uses = new ArrayList<>();
    List<String> steps = work.cascade().steps();
    for (int index = 0; index <= work.cascade().position() && index < steps.size(); index++) {
      String step = steps.get(index);
      boolean isCandidate = !step.equals(but) && !step.equals(Steps.DEAD_LETTER);
      if (isCandidate && work.attempts().stream().anyMatch(each -> step.equals(each.getTarget()))) {
        uses.add(new StepUse(step, false));
      }
    }
    return uses;
  }
}
