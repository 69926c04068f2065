package io.backstop.execution;

import io.backstop.action.ActionRequest;
import io.backstop.action.ActionResult;
import io.backstop.action.Attempt;
import io.backstop.action.AttemptOutcome;
import io.backstop.action.Cascade;
import io.backstop.action.Failure;
import io.backstop.action.FailureClass;
import io.backstop.action.GenericPayload;
import io.backstop.action.InFlightWork;
import io.backstop.action.Outcome;
import io.backstop.action.ResultStatus;
import io.backstop.action.TerminalOutcome;
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

  /** It was done; the last attempt of the work is the one that did it. */
  TerminalOutcome done(Work work, Outcome.Succeeded succeeded, long now) {
    return new TerminalOutcome.Done(work, result(work, succeeded, now));
  }

  /**
   * It failed, or was refused, for the last time.
   *
   * @param noMore why no further attempt is made; empty where none ever would be
   */
  static TerminalOutcome failed(Work work, String noMore) {
    Attempt last = work.lastAttempt();
    return dead(work, work.attempts(), last.getFailureClass(), reason(last, noMore));
  }

  /** The deadline passed before a call could be started. */
  static TerminalOutcome expired(Work work, long now) {
    return dead(
        work,
        work.attempts(),
        FailureClass.EXPIRED,
        "deadline %s passed before %s could be called (now %s): send it again with a later deadline"
            .formatted(
                work.request().getDeadline(),
                work.request().getAction(),
                Instant.ofEpochMilli(now)));
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
            Cascade.NOT_BEGUN);
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

  /** The target is not known here any more. */
  static TerminalOutcome unknownTarget(Work work) {
    return dead(
        work,
        work.attempts(),
        FailureClass.VALIDATION,
        "target '%s' is not known to this version: deploy one that has it, then replay"
            .formatted(work.request().getAction()));
  }

  private static TerminalOutcome dead(
      Work work, List<Attempt> attempts, FailureClass failureClass, String reason) {
    return new TerminalOutcome.DeadLettered(
        work, Failure.ofWork(work, attempts, failureClass, reason));
  }

  private ActionResult result(Work work, Outcome.Succeeded succeeded, long now) {
    String response = succeeded.response();
    String kept = start(response, maxResponseData);
    String action = work.request().getAction();
    return ActionResult.newBuilder()
        .setRequestId(work.request().getRequestId())
        .setIdempotencyKey(work.idempotencyKey())
        .setStatus(ResultStatus.SUCCEEDED)
        .setPrimaryAction(action)
        .setExecutedBy(action)
        .setResponseData(kept)
        .setResponseTruncated(kept.length() < response.length())
        .setAttempts(work.attempts())
        .setMessage("Done by " + work.service() + ".")
        .setReceivedAt(Instant.ofEpochMilli(work.receivedAt()))
        .setCompletedAt(Instant.ofEpochMilli(now))
        .build();
  }

  private static String reason(Attempt last, String noMore) {
    String what =
        last.getOutcome() == AttemptOutcome.REJECTED
            ? "%s was not called: %s".formatted(last.getTarget(), last.getMessage())
            : "%s failed at attempt %d as %s%s: %s"
                .formatted(
                    last.getTarget(),
                    last.getNumber(),
                    last.getFailureClass(),
                    last.getHttpStatus() == null ? "" : " (HTTP " + last.getHttpStatus() + ")",
                    last.getMessage());
    return what + (noMore.isEmpty() ? "" : "; " + noMore) + "; " + advice(last.getFailureClass());
  }

  private static String advice(FailureClass failureClass) {
    return switch (failureClass) {
      case TIMEOUT, NETWORK, SERVER_ERROR ->
          "replay it when the service answers again; it may have been done already";
      case RATE_LIMITED -> "replay it later, or lower the service's max-concurrent-calls";
      case AUTHENTICATION -> "check the service's credentials and permissions, then replay";
      case NOT_FOUND -> "check the ids that the request names";
      case VALIDATION -> "correct the request";
      case CONFLICT -> "look at the service's present state, then replay or dismiss";
      case CIRCUIT_OPEN, RESOURCE_EXHAUSTED -> "replay it when the service has room again";
      case EXPIRED -> "send it again with a later deadline";
      case UNDECODABLE, INTERNAL, UNKNOWN -> "report this with the log of the processor";
    };
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
