package io.backstop.desk;

import io.backstop.action.ActionRequest;
import io.backstop.action.PayloadConversion;
import io.backstop.action.PayloadConversion.Converted;
import io.backstop.action.RequestLog;
import io.backstop.executor.ActionExecutor;
import io.backstop.executor.Targets;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a request can go to a target that is not its action. Thread-safe. */
final class StraightTo {
  private static final Logger LOG = LoggerFactory.getLogger(StraightTo.class);

  private final Targets targets;
  private final PayloadConversion conversion;

  StraightTo(Targets targets, PayloadConversion conversion) {
    this.targets = targets;
    this.conversion = conversion;
  }

  /** Why no request at all can be sent to a target; empty when one may. */
  Optional<String> problem(String target) {
    return targets.find(target).isPresent()
        ? Optional.empty()
        : Optional.of(
            "there is no target '%s': name one of %s"
                .formatted(target, String.join(", ", targets.names())));
  }

  /**
   * @throws LeftAlone when the target does not take the request
   */
  void check(ActionRequest request, String target) {
    ActionExecutor executor =
        targets
            .find(target)
            .filter(ActionExecutor::servesAsFallback)
            .orElseThrow(
                () ->
                    LeftAlone.invalid(
                        "%s cannot take what was meant for %s: send it to one of %s"
                            .formatted(
                                target,
                                request.getAction(),
                                String.join(", ", targets.fallbacks()))));
    if (!executor.takesAnyPayload()) {
      List<String> problems = problems(executor, request);
      if (!problems.isEmpty()) {
        throw LeftAlone.invalid(target + " cannot take it: " + String.join("; ", problems));
      }
    }
  }

  private List<String> problems(ActionExecutor executor, ActionRequest request) {
    String target = executor.target().name();
    try {
      Converted converted = conversion.convert(request, target, executor.target().family());
      return converted instanceof Converted.Ready ready
          ? executor.problems(ready.request())
          : List.of(((Converted.Refused) converted).reason());
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      RequestLog.about(
          request.getRequestId(),
          Optional.empty(),
          () -> LOG.error("target cannot judge a request target={}", target, e));
      return List.of("it failed on this request (%s), which is a defect of it".formatted(e));
    }
  }
}
