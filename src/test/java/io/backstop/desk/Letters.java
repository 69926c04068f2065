package io.backstop.desk;

import io.backstop.action.ActionRequest;
import io.backstop.action.Attempt;
import io.backstop.action.AttemptOutcome;
import io.backstop.action.DeadLetter;
import io.backstop.action.DeskLetter;
import io.backstop.action.FailureClass;
import io.backstop.action.LetterStatus;
import io.backstop.action.LetterSummary;
import io.backstop.action.OriginalRecord;
import io.backstop.action.ReasonCode;
import io.backstop.action.Severity;
import io.backstop.action.TaskPayload;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Dead letters for tests. */
final class Letters {
  static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  private Letters() {}

  /** One whose card could not be made: the call failed with this message. */
  static DeadLetter failed(String id, Instant createdAt, String message) {
    return failed(id, createdAt, message, "notion:createPage", "ann");
  }

  static DeadLetter failed(
      String id, Instant createdAt, String message, String action, String submitter) {
    Attempt attempt =
        Attempt.newBuilder()
            .setTarget("trello:createCard")
            .setNumber(1)
            .setStartedAt(createdAt)
            .setDurationMs(20)
            .setOutcome(AttemptOutcome.RETRYABLE)
            .setFailureClass(FailureClass.SERVER_ERROR)
            .setMessage(message)
            .build();
    ActionRequest request =
        ActionRequest.newBuilder()
            .setRequestId("request-" + id)
            .setAction(action)
            .setPayload(TaskPayload.newBuilder().setTitle("Title of " + id).build())
            .setSubmitter(submitter)
            .build();
    return DeadLetter.newBuilder()
        .setId(id)
        .setReason("trello:createCard failed at attempt 1 as SERVER_ERROR: " + message)
        .setReasonCode(ReasonCode.EXHAUSTED)
        .setFailureClass(FailureClass.SERVER_ERROR)
        .setSeverity(Severity.HIGH)
        .setOriginal(original(id))
        .setOriginalValueSize(1)
        .setRequest(request)
        .setIdempotencyKey("key-" + id)
        .setAttempts(List.of(attempt))
        .setCreatedAt(createdAt)
        .build();
  }

  static LetterSummary summary(String id, Instant createdAt) {
    DeadLetter letter = failed(id, createdAt, "page " + id + " is gone");
    return LetterSummaries.of(
        DeskLetter.newBuilder()
            .setStatus(LetterStatus.OPEN)
            .setFingerprint("f")
            .setLetter(letter)
            .build());
  }

  static OriginalRecord original(String value) {
    ByteBuffer bytes = ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8));
    return new OriginalRecord("actions.requests", 0, 1L, 5L, null, bytes, List.of());
  }
}
