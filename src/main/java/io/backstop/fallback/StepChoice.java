package io.backstop.fallback;

import io.backstop.action.ActionRequest;
import io.backstop.action.Cascade;
import io.backstop.action.FailureClass;
import io.backstop.action.PolicyOverrides;
import io.backstop.action.Steps;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which steps one request takes: its own, else those of the strategy, and what it allows besides.
 * Pure.
 *
 * @param enabled whether fallbacks are used at all
 * @param takesCached whether an earlier result may be served to a request
 */
record StepChoice(boolean enabled, Predicate<ActionRequest> takesCached) {
  private static final String REQUEST = "request";

  Cascade of(ActionRequest request, FailureClass failureClass, StrategyInForce inForce) {
    PolicyOverrides policy = request.getPolicy();
    boolean isOn = enabled && inForce.strategy().getEnabled();
    boolean hasOwn = isOn && policy != null && policy.getFallbackSteps() != null;
    List<String> steps = new ArrayList<>();
    if (isOn) {
      steps.addAll(upToTheEnd(hasOwn ? policy.getFallbackSteps() : inForce.steps(failureClass)));
    }
    boolean hadNone = steps.isEmpty();
    if (isOn && policy != null) {
      addWhatIsAllowed(policy, steps);
    }
    boolean areRequests = hasOwn || hadNone && !steps.isEmpty();
    if (mayTakeCached(request, steps)) {
      steps.add(0, Steps.CACHED_RESULT);
    }
    return Cascade.of(steps, areRequests ? REQUEST : inForce.source());
  }

  private static void addWhatIsAllowed(PolicyOverrides policy, List<String> steps) {
    if (steps.contains(Steps.DEAD_LETTER)) {
      return;
    }
    if (policy.getQueueOnFailure() && steps.stream().noneMatch(Steps::isQueue)) {
      steps.add(Steps.QUEUE_RETRY);
    }
    if (policy.getDefaultValue() != null && !steps.contains(Steps.DEFAULT_VALUE)) {
      steps.add(Steps.DEFAULT_VALUE);
    }
    if (policy.getAllowSkip() && !steps.contains(Steps.SKIP)) {
      steps.add(Steps.SKIP);
    }
  }

  /** A switch of its own decides about the cache, so this holds without fallbacks too. */
  private boolean mayTakeCached(ActionRequest request, List<String> steps) {
    boolean goesStraightToDeadLetters = !steps.isEmpty() && steps.get(0).equals(Steps.DEAD_LETTER);
    return !goesStraightToDeadLetters
        && !steps.contains(Steps.CACHED_RESULT)
        && takesCached.test(request);
  }

  private static List<String> upToTheEnd(List<String> steps) {
    int end = steps.indexOf(Steps.DEAD_LETTER);
    return end < 0 ? steps : steps.subList(0, end + 1);
  }
}
