package io.backstop.execution;

import io.backstop.action.ActionRequest;
import io.backstop.action.ActionResult;
import io.backstop.action.Attempt;
import io.backstop.action.Failure;
import io.backstop.action.FailureClass;
import io.backstop.action.GenericPayload;
import io.backstop.action.InFlightWork;
import io.backstop.action.Outcome;
import io.backstop.action.ResultStatus;
import io.backstop.action.ServiceName;
import io.backstop.action.TerminalOutcome;
import io.backstop.action.UserMessage;
import io.backstop.action.Work;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the outcome of a call means for the request. Pure: reads no clock. */
final class Verdict {
  private static final int MAX_BYTES_PER_CHAR = 3;

  private final int maxResponseData;

  /**
   * @param maxResponseData largest part of an answer kept in a result, in bytes of UTF-8
   */
  Verdict(int maxResponseData) {
    this.maxResponseData = maxResponseData;
  }

  /**
   * It was done; the last attempt of the work is the one that did it.
   *
   * @param losses what a fallback could not carry over
   */
  TerminalOutcome done(Work work, Outcome.Succeeded succeeded, List<String> losses, long now) {
    ActionResult.Builder result = result(work, succeeded, now);
    if (work.cascade().hasBegun()) {
      result
          .setExecutedViaFallback(true)
          .setFallbackAction(work.cascade().step())
          .setFallbackSource(work.cascade().source())
          .setOriginalError(AttemptHistory.primaryError(work))
          .setMessage(
              UserMessage.of(
                  work.request().getAction(),
                  work.cascade().step(),
                  AttemptHistory.primaryFailureClass(work)))
          .setLosses(losses);
    }
    return new TerminalOutcome.Done(work, result.build());
  }

  /**
   * It failed, or was refused, for the last time.
   *
   * @param noMore why its last target is not tried again; empty where it never would be
   */
  static TerminalOutcome failed(Work work, String noMore) {
    Attempt failure = AttemptHistory.primaryFailure(work);
    return dead(work, failure.getFailureClass(), FailureReason.of(work, failure, noMore));
  }

  /** The deadline passed before a call could be started. */
  static TerminalOutcome expired(Work work, long now) {
    return dead(
        work,
        FailureClass.EXPIRED,
        "deadline %s passed before %s could be called (now %s): send it again with a later deadline"
            .formatted(work.request().getDeadline(), work.target(), Instant.ofEpochMilli(now)));
  }

  /** What was admitted cannot be read any more. */
  static TerminalOutcome unreadable(String idempotencyKey, InFlightWork stored, String reason) {
    ActionRequest remembered =
        ActionRequest.newBuilder()
            .setRequestId(stored.getRequestId())
            .setAction(stored.getTarget())
            .setPriority(stored.getPriority())
            .setPayload(new GenericPayload("{}"))
            .build();
    Work work =
        new Work(
            remembered,
            idempotencyKey,
            stored.getOriginal(),
            stored.getReceivedAt().toEpochMilli(),
            stored.getAttempts(),
            StoredCascades.read(stored.getCascade()));
    Failure failure =
        new Failure(
            stored.getOriginal(),
            Optional.empty(),
            Optional.of(idempotencyKey),
            stored.getAttempts(),
            FailureClass.UNDECODABLE,
            "resumed work cannot be read any more: " + reason);
    return new TerminalOutcome.DeadLettered(work, failure);
  }

  private static TerminalOutcome dead(Work work, FailureClass failureClass, String reason) {
    return new TerminalOutcome.DeadLettered(
        work, Failure.ofWork(work, work.attempts(), failureClass, reason));
  }

  private ActionResult.Builder result(Work work, Outcome.Succeeded succeeded, long now) {
    String response = succeeded.response();
    String kept = start(response, maxResponseData);
    return ActionResult.newBuilder()
        .setRequestId(work.request().getRequestId())
        .setIdempotencyKey(work.idempotencyKey())
        .setStatus(ResultStatus.SUCCEEDED)
        .setPrimaryAction(work.request().getAction())
        .setExecutedBy(work.target())
        .setResponseData(kept)
        .setResponseTruncated(kept.length() < response.length())
        .setAttempts(work.attempts())
        .setMessage("Done by " + ServiceName.of(work.service()) + ".")
        .setReceivedAt(Instant.ofEpochMilli(work.receivedAt()))
        .setCompletedAt(Instant.ofEpochMilli(now));
  }

  /** As much of the text as fits into so many bytes of UTF-8. */
  private static String start(String text, int maxBytes) {
    if (text.length() <= maxBytes / MAX_BYTES_PER_CHAR) {
      return text;
    }
    ByteBuffer room = ByteBuffer.allocate(maxBytes);
    CharBuffer left = CharBuffer.wrap(text);
    StandardCharsets.UTF_8
        .newEncoder()
        .onMalformedInput(CodingErrorAction.REPLACE)
        .encode(left, room, true);
    return text.substring(0, left.position());
  }
}
