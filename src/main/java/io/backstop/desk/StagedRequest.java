package io.backstop.desk;

import io.backstop.action.DeadLetter;
import io.backstop.action.DeskLetter;
import io.backstop.action.FailureClass;
import io.backstop.action.LetterStatus;
import io.backstop.action.Lineage;
import io.backstop.action.OriginalRecord;
import io.backstop.action.Severity;
import java.time.Instant;

/** A record of the requests that is to be replayed although it left no dead letter. */
public final class StagedRequest {
  private StagedRequest() {}

  /** Its name in the hash of a selection: topic, partition and offset. */
  public static String id(OriginalRecord original) {
    return original.getTopic() + "-" + original.getPartition() + "-" + original.getOffset();
  }

  /** As if it were a letter, for {@link Resubmitting}. */
  public static DeskLetter asLetter(OriginalRecord original) {
    DeadLetter letter =
        DeadLetter.newBuilder()
            .setId("")
            .setReason("")
            .setFailureClass(FailureClass.UNKNOWN)
            .setSeverity(Severity.LOW)
            .setOriginal(original)
            .setOriginalValueSize(
                original.getValue() == null ? -1 : original.getValue().remaining())
            .setGeneration(Lineage.generation(original))
            .setCreatedAt(Instant.ofEpochMilli(Math.max(original.getTimestamp(), 0)))
            .build();
    return DeskLetter.newBuilder()
        .setStatus(LetterStatus.OPEN)
        .setFingerprint("")
        .setLetter(letter)
        .build();
  }
}
