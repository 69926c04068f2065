package io.backstop.action;

import java.util.ArrayList;
import java.util.List;

/**
 * A valid request on its way to its outcome.
 *
 * @param request what to do
 * @param idempotencyKey given by the upstream or derived
 * @param original the record that carried it, as it was read
 * @param receivedAt when it was first read, epoch milliseconds
 * @param attempts calls whose outcome is known, oldest first
 * @param cascade where it is in its fallback steps
 */
public record Work(
    ActionRequest request,
    String idempotencyKey,
    OriginalRecord original,
    long receivedAt,
    List<Attempt> attempts,
    Cascade cascade)
    implements Traceable {

  /** Work whose primary action has not been called yet. */
  public static Work of(
      ActionRequest request, String idempotencyKey, OriginalRecord original, long receivedAt) {
    return new Work(request, idempotencyKey, original, receivedAt, List.of(), Cascade.NOT_BEGUN);
  }

  /** The same work with one more attempt in its history. */
  public Work with(Attempt attempt) {
    List<Attempt> all = new ArrayList<>(attempts.size() + 1);
    all.addAll(attempts);
    all.add(attempt);
    return new Work(request, idempotencyKey, original, receivedAt, List.copyOf(all), cascade);
  }

  /** The same work elsewhere in its fallback steps. */
  public Work with(Cascade other) {
    return new Work(request, idempotencyKey, original, receivedAt, attempts, other);
  }

  /** The target that is to be called now: the primary action, or that of a fallback step. */
  public String target() {
    return cascade.target(request.getAction());
  }

  /**
   * Among what waits: the request's own priority, unless it was parked with another. What is
   * replayed waits behind live traffic, whatever its own is.
   */
  public Priority priority() {
    if (Lineage.of(original.getHeaders()).isPresent()) {
      return Priority.LOW;
    }
    return cascade.hasBegun() && Steps.isQueue(cascade.step())
        ? Steps.priority(cascade.step(), request.getPriority())
        : request.getPriority();
  }

  /** The attempt that ended last. */
  public Attempt lastAttempt() {
    return attempts.get(attempts.size() - 1);
  }

  /** Whether the request's deadline has passed, so that no call may be started any more. */
  public boolean isExpired(long now) {
    return request.getDeadline() != null && request.getDeadline().toEpochMilli() <= now;
  }

  /** The service that the primary action belongs to. */
  public String service() {
    String action = request.getAction();
    return action.substring(0, action.indexOf(':'));
  }
}
