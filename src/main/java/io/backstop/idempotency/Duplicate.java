package io.backstop.idempotency;

import io.backstop.action.ActionResult;
import io.backstop.action.FinishedRequest;
import io.backstop.action.ResultStatus;
import io.backstop.action.Work;
import java.time.Instant;

/** The result that a duplicate gets instead of a call. */
final class Duplicate {
  private Duplicate() {}

  /** The stored result again, under the duplicate's own request id and marked. */
  static ActionResult ofFinished(Work duplicate, FinishedRequest finished) {
    ActionResult original = finished.getResult();
    return ActionResult.newBuilder(original)
        .setRequestId(duplicate.request().getRequestId())
        .setDuplicateOf(original.getRequestId())
        .build();
  }

  /** The original is still being worked on; its own result is the one to wait for. */
  static ActionResult ofInFlight(Work duplicate, String originalRequestId, long now) {
    return ActionResult.newBuilder()
        .setRequestId(duplicate.request().getRequestId())
        .setIdempotencyKey(duplicate.idempotencyKey())
        .setStatus(ResultStatus.DUPLICATE_IN_FLIGHT)
        .setPrimaryAction(duplicate.request().getAction())
        .setDuplicateOf(originalRequestId)
        .setMessage("This was asked for already and is being worked on.")
        .setReceivedAt(Instant.ofEpochMilli(duplicate.receivedAt()))
        .setCompletedAt(Instant.ofEpochMilli(now))
        .build();
  }
}
