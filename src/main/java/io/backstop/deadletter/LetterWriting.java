package io.backstop.deadletter;

import io.backstop.action.DeadLetter;
import io.backstop.action.DeadLetterId;
import io.backstop.action.Failure;
import io.backstop.action.FailureClass;
import io.backstop.action.Lineage;
import io.backstop.action.OriginalRecord;
import io.backstop.action.RecordHeaders;
import io.backstop.action.Severity;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Writes a failure down as a dead letter that always fits its topic: what is cut is said in the
 * letter, and the whole stays addressable by its coordinates.
 */
public final class LetterWriting {
  private LetterWriting() {}

  /** The letter of a failure that ended at {@code now}. */
  public static DeadLetter letter(Failure failure, long now) {
    OriginalRecord original = failure.original();
    String id = DeadLetterId.of(original);
    Optional<Lineage> lineage = Lineage.of(original.getHeaders());
    String stepsSource = failure.cascade().source();
    return LetterFitting.fitting(
        DeadLetter.newBuilder()
            .setId(id)
            .setReason(failure.reason())
            .setReasonCode(ReasonCodes.of(failure))
            .setFailureClass(failure.failureClass())
            .setSeverity(severity(failure.failureClass()))
            .setOriginal(original)
            .setOriginalValueSize(
                original.getValue() == null ? -1 : original.getValue().remaining())
            .setRequest(failure.request().orElse(null))
            .setIdempotencyKey(failure.idempotencyKey().orElse(null))
            .setAttempts(failure.attempts())
            .setSteps(failure.cascade().steps())
            .setStepsSource(stepsSource.isEmpty() ? null : stepsSource)
            .setGeneration(lineage.map(Lineage::generation).orElse(0))
            .setParentId(lineage.flatMap(Lineage::parentId).orElse(null))
            .setRootId(lineage.flatMap(Lineage::rootId).orElse(id))
            .setReplayId(lineage.map(Lineage::replayId).orElse(null))
            .setCreatedAt(Instant.ofEpochMilli(now)));
  }

  private static Severity severity(FailureClass failureClass) {
    return switch (failureClass) {
      case INTERNAL, UNKNOWN -> Severity.CRITICAL;
      case TIMEOUT,
          NETWORK,
          RATE_LIMITED,
          SERVER_ERROR,
          AUTHENTICATION,
          CIRCUIT_OPEN,
          RESOURCE_EXHAUSTED ->
          Severity.HIGH;
      case NOT_FOUND, VALIDATION, CONFLICT, EXPIRED, UNDECODABLE -> Severity.MEDIUM;
    };
  }

  /**
   * Where a letter goes whose request was replayed: to the desk that did so, which has its parent.
   * Empty for any other letter, and where there is no such desk.
   *
   * @param partitions how many the topic of letters has
   */
  public static OptionalInt desk(DeadLetter letter, int partitions) {
    Optional<Lineage> lineage = Lineage.of(letter.getOriginal().getHeaders());
    return lineage.isPresent() && lineage.get().desk() < partitions
        ? OptionalInt.of(lineage.get().desk())
        : OptionalInt.empty();
  }

  /** Record key of a letter: that of its original, as far as the letter could keep it. */
  static byte[] key(DeadLetter letter) {
    return RecordHeaders.bytes(letter.getOriginal().getKey());
  }
}
