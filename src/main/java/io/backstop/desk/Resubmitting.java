package io.backstop.desk;

import io.backstop.action.DeskLetter;
import io.backstop.action.OperationPlan;
import io.backstop.action.PassedOver;
import io.backstop.action.Resubmission;
import java.util.Optional;

/**
 * What would be sent in for a dead letter if it were replayed now: asked by the desk when it
 * replays, and by previews. Thread-safe; does no I/O.
 */
public interface Resubmitting {

  /** What a replay of a letter comes to. */
  sealed interface Verdict {

    /**
     * It can be sent in.
     *
     * @param target that it will be sent to
     */
    record Ready(Resubmission resubmission, String target) implements Verdict {}

    /**
     * It is left as it is.
     *
     * @param message why, in words for a person
     */
    record Left(PassedOver why, String message) implements Verdict {}
  }

  /** Why no letter at all can be replayed as the plan says, for a person; empty when some may. */
  default Optional<String> problem(OperationPlan plan) {
    return Optional.empty();
  }

  /**
   * @param letter with any status: what it has is not looked at. One without an id is a request
   *     that is replayed from its topic, and has no parent: see {@link StagedRequest}
   * @param operationId of the replay
   * @param desk partition of the desk that keeps the letter
   * @param now epoch milliseconds
   */
  Verdict of(DeskLetter letter, OperationPlan plan, String operationId, int desk, long now);
}
