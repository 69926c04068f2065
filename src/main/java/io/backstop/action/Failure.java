package io.backstop.action;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A record that can be done nowhere, on its way to becoming a dead letter.
 *
 * @param request the request, where it could be read
 * @param idempotencyKey the key it was worked on under, where it got that far
 * @param cascade where it was in its fallback steps
 * @param reason what went wrong, where, and what to do, for a person
 */
public record Failure(
    OriginalRecord original,
    Optional<ActionRequest> request,
    Optional<String> idempotencyKey,
    List<Attempt> attempts,
    Cascade cascade,
    FailureClass failureClass,
    String reason)
    implements Traceable {

  public Failure {
    Objects.requireNonNull(original, "original");
    Objects.requireNonNull(cascade, "cascade");
    Objects.requireNonNull(failureClass, "failureClass");
    Objects.requireNonNull(reason, "reason");
  }

  /** One whose primary action has not failed, or whose steps are not known. */
  public Failure(
      OriginalRecord original,
      Optional<ActionRequest> request,
      Optional<String> idempotencyKey,
      List<Attempt> attempts,
      FailureClass failureClass,
      String reason) {
    this(original, request, idempotencyKey, attempts, Cascade.NOT_BEGUN, failureClass, reason);
  }

  /** A record that never became work. */
  public static Failure ofRecord(
      OriginalRecord original, FailureClass failureClass, String reason) {
    return new Failure(
        original, Optional.empty(), Optional.empty(), List.of(), failureClass, reason);
  }

  public static Failure ofWork(
      Work work, List<Attempt> attempts, FailureClass failureClass, String reason) {
    return new Failure(
        work.original(),
        Optional.of(work.request()),
        Optional.of(work.idempotencyKey()),
        attempts,
        work.cascade(),
        failureClass,
        reason);
  }
}
