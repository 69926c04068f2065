package io.backstop.desk;

import io.backstop.action.DeadLetter;
import io.backstop.action.DeskLetter;
import io.backstop.action.LetterStatus;
import io.backstop.action.LetterSummary;
import io.backstop.action.OriginalRecord;
import java.time.Instant;

/**
 * Dead letters as they stand on their topic, for readers that have no desk to ask: what has become
 * of a letter since is not known then, so each has the status UNKNOWN. Thread-safe.
 */
public final class LettersOnTopic {
  private final DeskNode.Letters letters;

  /**
   * @param letters makes a letter of what is none, as for the desk
   */
  public LettersOnTopic(DeskNode.Letters letters) {
    this.letters = letters;
  }

  /**
   * What a desk would keep.
   *
   * @param now epoch milliseconds; a letter from the future counts as of now
   */
  public DeskLetter of(DeadLetter letter, OriginalRecord read, long now) {
    if (!NoLetter.isId(letter.getId())) {
      return unreadable(read, NoLetter.wrongId(letter.getId()));
    }
    long createdAt = Math.min(Math.max(letter.getCreatedAt().toEpochMilli(), 0), now);
    return kept(letter, createdAt, read);
  }

  /** What a desk would keep of a record that is no letter, as of the time of the record. */
  public DeskLetter unreadable(OriginalRecord read, String why) {
    long at = Math.max(read.getTimestamp(), 0);
    return kept(letters.of(NoLetter.failure(read, why), at), at, read);
  }

  private static DeskLetter kept(DeadLetter letter, long createdAt, OriginalRecord read) {
    Instant time = Instant.ofEpochMilli(createdAt);
    DeadLetter timed =
        letter.getCreatedAt().equals(time)
            ? letter
            : DeadLetter.newBuilder(letter).setCreatedAt(time).build();
    return DeskLetter.newBuilder()
        .setStatus(LetterStatus.UNKNOWN)
        .setFingerprint(Fingerprint.of(letter).hash())
        .setLetter(timed)
        .setOffset(read.getOffset())
        .build();
  }

  /** What lists have of it. */
  public static LetterSummary summary(DeskLetter kept) {
    return LetterSummaries.of(kept);
  }
}
