package io.backstop.bench;

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

/** Dead letters of four actions, the last ones spread over a week. */
final class DeskLetters {
  private static final List<String> ACTIONS =
      List.of("notion:createPage", "slack:postMessage", "gmail:send", "drive:upload");
  private static final long WEEK_MS = 7L * 24 * 60 * 60 * 1_000;
  private static final ByteBuffer VALUE =
      ByteBuffer.wrap("x".repeat(500).getBytes(StandardCharsets.UTF_8));

  private final int count;
  private final long now;

  /**
   * @param now when the last one is made, epoch milliseconds
   */
  DeskLetters(int count, long now) {
    this.count = count;
    this.now = now;
  }

  static String id(int number) {
    return "bench.requests-0-" + number;
  }

  DeadLetter letter(int number) {
    Instant createdAt = Instant.ofEpochMilli(now - WEEK_MS + WEEK_MS / count * number);
    String action = ACTIONS.get(number / 7 % ACTIONS.size());
    String message = "the service refused item " + number + " for the " + number % 7 + "th time";
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
            .setRequestId("r-" + number)
            .setAction(action)
            .setPayload(TaskPayload.newBuilder().setTitle("Item " + number).build())
            .setSubmitter("bench-" + number % 50)
            .build();
    return DeadLetter.newBuilder()
        .setId(id(number))
        .setReason(action + " failed as SERVER_ERROR: " + message)
        .setReasonCode(ReasonCode.EXHAUSTED)
        .setFailureClass(FailureClass.SERVER_ERROR)
        .setSeverity(Severity.HIGH)
        .setOriginal(
            new OriginalRecord(
                "bench.requests",
                0,
                (long) number,
                createdAt.toEpochMilli(),
                null,
                VALUE,
                List.of()))
        .setOriginalValueSize(VALUE.remaining())
        .setRequest(request)
        .setIdempotencyKey("k-" + number)
        .setAttempts(List.of(attempt))
        .setCreatedAt(createdAt)
        .build();
  }
}
