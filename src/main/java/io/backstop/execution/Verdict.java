package io.backstop.execution;

import io.backstop.action.ActionRequest;
import io.backstop.action.ActionResult;
import io.backstop.action.Attempt;
import io.backstop.action.AttemptOutcome;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What the outcome of a call means for the request. Pure: reads no clock. */
final class Verdict {
  private static final int MAX_MESSAGE = 1_000;
  private static final int MAX_BYTES_PER_CHAR = 3;

  private final int maxResponseData;

  /**
   * @param maxResponseData largest part of an answer kept in a result, in bytes of UTF-8
   */
  Verdict(int maxResponseData) {
    this.maxResponseData = maxResponseData;
  }

  TerminalOutcome of(RunningCall call, Outcome outcome, long now) {
    Work work = call.work();
    Attempt attempt = attempt(call, outcome, now);
    List<Attempt> attempts = with(work.attempts(), attempt);
    if (outcome instanceof Outcome.Succeeded succeeded) {
      return new TerminalOutcome.Done(work, result(work, succeeded, attempts, now));
    }
    return dead(work, attempts, attempt.getFailureClass(), reason(attempt));
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
            stored.getAttempts());
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

  private ActionResult result(
      Work work, Outcome.Succeeded succeeded, List<Attempt> attempts, long now) {
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
        .setAttempts(attempts)
        .setMessage("Done by " + work.service() + ".")
        .setReceivedAt(Instant.ofEpochMilli(work.receivedAt()))
        .setCompletedAt(Instant.ofEpochMilli(now))
        .build();
  }

  private static Attempt attempt(RunningCall call, Outcome outcome, long now) {
    AttemptOutcome kind;
    FailureClass failureClass = null;
    OptionalInt status = OptionalInt.empty();
    String message = null;
    if (outcome instanceof Outcome.Succeeded succeeded) {
      kind = AttemptOutcome.SUCCEEDED;
      status = succeeded.httpStatus();
    } else if (outcome instanceof Outcome.Retryable retryable) {
      kind = AttemptOutcome.RETRYABLE;
      failureClass = retryable.failureClass();
      status = retryable.httpStatus();
      message = retryable.message();
    } else if (outcome instanceof Outcome.Permanent permanent) {
      kind = AttemptOutcome.PERMANENT;
      failureClass = permanent.failureClass();
      status = permanent.httpStatus();
      message = permanent.message();
    } else if (outcome instanceof Outcome.Rejected rejected) {
      kind = AttemptOutcome.REJECTED;
      failureClass = rejected.failureClass();
      message = rejected.message();
    } else if (outcome instanceof Outcome.TimedOut timedOut) {
      kind = AttemptOutcome.TIMED_OUT;
      failureClass = FailureClass.TIMEOUT;
      message = "no answer within " + timedOut.after().toMillis() + " ms";
    } else {
      throw new IllegalStateException("not an outcome: " + outcome);
    }
    return new Attempt(
        call.work().request().getAction(),
        call.number(),
        Instant.ofEpochMilli(call.startedAt()),
        Math.max(0, now - call.startedAt()),
        kind,
        failureClass,
        status.isPresent() ? status.getAsInt() : null,
        cut(message));
  }

  private static String reason(Attempt last) {
    return "%s failed at attempt %d as %s%s: %s; %s"
        .formatted(
            last.getTarget(),
            last.getNumber(),
            last.getFailureClass(),
            last.getHttpStatus() == null ? "" : " (HTTP " + last.getHttpStatus() + ")",
            last.getMessage(),
            advice(last.getFailureClass()));
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

  private static String cut(String message) {
    return message == null || message.length() <= MAX_MESSAGE
        ? message
        : message.substring(0, MAX_MESSAGE);
  }

  private static List<Attempt> with(List<Attempt> attempts, Attempt next) {
    if (attempts.isEmpty()) {
      return List.of(next);
    }
    List<Attempt> all = new ArrayList<>(attempts);
    all.add(next);
    return all;
  }
}
