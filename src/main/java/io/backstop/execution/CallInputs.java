package io.backstop.execution;

import io.backstop.action.ActionRequest;
import io.backstop.action.PayloadConversion;
import io.backstop.action.PayloadConversion.Converted;
import io.backstop.action.Work;
import io.backstop.executor.ActionExecutor;
import io.backstop.executor.PrimaryFailure;
import java.util.List;
import java.util.Optional;

/** What a target is given for a piece of work: the request itself, or for a fallback its like. */
final class CallInputs {

  /** What became of making it. */
  sealed interface CallInput {
    /**
     * It can be executed.
     *
     * @param losses what was lost on the way
     */
    record Ready(ActionRequest request, List<String> losses, Optional<PrimaryFailure> failure)
        implements CallInput {}

    /** The target cannot do this request. */
    record Refused(String reason) implements CallInput {}
  }

  private final PayloadConversion conversion;

  CallInputs(PayloadConversion conversion) {
    this.conversion = conversion;
  }

  CallInput of(Work work, ActionExecutor executor) {
    ActionRequest request = work.request();
    String target = executor.target().name();
    if (target.equals(request.getAction())) {
      return new CallInput.Ready(request, List.of(), Optional.empty());
    }
    Converted converted =
        executor.takesAnyPayload()
            ? new Converted.Ready(renamed(request, target), List.of())
            : conversion.convert(request, target, executor.target().family());
    if (converted instanceof Converted.Refused refused) {
      return new CallInput.Refused(refused.reason());
    }
    Converted.Ready ready = (Converted.Ready) converted;
    List<String> problems =
        executor.takesAnyPayload() ? List.of() : executor.problems(ready.request());
    return problems.isEmpty()
        ? new CallInput.Ready(ready.request(), ready.losses(), Optional.of(failure(work)))
        : new CallInput.Refused(String.join("; ", problems));
  }

  private static ActionRequest renamed(ActionRequest request, String target) {
    return ActionRequest.newBuilder(request).setAction(target).build();
  }

  private static PrimaryFailure failure(Work work) {
    return new PrimaryFailure(work.request(), AttemptHistory.primaryError(work));
  }
}
