package io.backstop.execution;

import io.backstop.action.ActionResult;
import io.backstop.action.ResultStatus;
import io.backstop.action.Steps;
import io.backstop.action.TerminalOutcome;
import io.backstop.action.UserMessage;
import io.backstop.action.Work;
import java.time.Instant;

/** Results of the fallback steps that call nobody. Pure: reads no clock. */
final class StepResults {
  private StepResults() {}

  /**
   * @param value JSON
   */
  static TerminalOutcome defaultValue(Work work, String value, long now) {
    return new TerminalOutcome.Done(
        work,
        of(work, ResultStatus.SUCCEEDED, now)
            .setExecutedViaFallback(true)
            .setFallbackAction(Steps.DEFAULT_VALUE)
            .setFallbackSource(work.cascade().source())
            .setOriginalError(AttemptHistory.primaryError(work))
            .setResponseData(value)
            .setMessage(message(work, Steps.DEFAULT_VALUE))
            .build());
  }

  /**
   * @param error why it was not executed
   */
  static TerminalOutcome skipped(Work work, String error, long now) {
    return new TerminalOutcome.Done(
        work,
        of(work, ResultStatus.SKIPPED, now)
            .setOriginalError(error)
            .setMessage(message(work, Steps.SKIP))
            .build());
  }

  /** The service has failed so often lately that it was not even tried. */
  static TerminalOutcome skippedAtOnce(Work work, long now) {
    return skipped(work, work.service() + " has failed several times lately", now);
  }

  private static String message(Work work, String step) {
    return UserMessage.of(
        work.request().getAction(), step, AttemptHistory.primaryFailureClass(work));
  }

  private static ActionResult.Builder of(Work work, ResultStatus status, long now) {
    return ActionResult.newBuilder()
        .setRequestId(work.request().getRequestId())
        .setIdempotencyKey(work.idempotencyKey())
        .setStatus(status)
        .setPrimaryAction(work.request().getAction())
        .setAttempts(work.attempts())
        .setReceivedAt(Instant.ofEpochMilli(work.receivedAt()))
        .setCompletedAt(Instant.ofEpochMilli(now));
  }
}
