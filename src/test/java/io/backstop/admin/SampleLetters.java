package io.backstop.admin;

import io.backstop.action.ActionRequest;
import io.backstop.action.Attempt;
import io.backstop.action.AttemptOutcome;
import io.backstop.action.DeadLetter;
import io.backstop.action.FailureClass;
import io.backstop.action.OriginalRecord;
import io.backstop.action.ReasonCode;
import io.backstop.action.Severity;
import io.backstop.action.TaskPayload;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Dead letters for tests. */
public final class SampleLetters {
  public static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

  private SampleLetters() {}

  /** One whose page could not be made, created this many seconds after the start. */
  public static DeadLetter failed(String id, int second) {
    return letter(id, second, "page of database " + second + " refused", "notion:createPage");
  }

  public static DeadLetter letter(String id, int second, String message, String action) {
    Instant createdAt = START.plusSeconds(second);
    Attempt attempt =
        Attempt.newBuilder()
            .setTarget(action)
            .setNumber(1)
            .setStartedAt(createdAt)
            .setDurationMs(20)
            .setOutcome(AttemptOutcome.PERMANENT)
            .setFailureClass(FailureClass.SERVER_ERROR)
            .setHttpStatus(500)
            .setMessage(message)
            .build();
    ActionRequest request =
        ActionRequest.newBuilder()
            .setRequestId("request-" + id)
            .setAction(action)
            .setPayload(TaskPayload.newBuilder().setTitle("Title of " + id).build())
            .setSubmitter("ann")
            .build();
    return DeadLetter.newBuilder()
        .setId(id)
        .setReason(action + " failed at attempt 1 as SERVER_ERROR: " + message)
        .setReasonCode(ReasonCode.EXHAUSTED)
        .setFailureClass(FailureClass.SERVER_ERROR)
        .setSeverity(Severity.HIGH)
        .setOriginal(
            new OriginalRecord(
                "actions.requests", 0, 1L, 5L, bytes("é"), bytes("\u0000" + id), List.of()))
        .setOriginalValueSize(1)
        .setRequest(request)
        .setIdempotencyKey("key-" + id)
        .setAttempts(List.of(attempt))
        .setCreatedAt(createdAt)
        .build();
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
