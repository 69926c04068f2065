package io.backstop.desk;

import io.backstop.action.DeadLetter;
import io.backstop.action.DeskLetter;
import io.backstop.action.LetterGroup;
import io.backstop.action.LetterStatus;
import io.backstop.action.LetterSummary;
import java.time.Instant;
import org.apache.kafka.streams.state.KeyValueStore;

/** Keeps the letters of one task: by id, by time, and counted in groups. Stream thread only. */
final class Desk {
  private final KeyValueStore<String, DeskLetter> letters;
  private final LettersByTime byTime;
  private final KeyValueStore<String, LetterGroup> groups;

  Desk(
      KeyValueStore<String, DeskLetter> letters,
      LettersByTime byTime,
      KeyValueStore<String, LetterGroup> groups) {
    this.letters = letters;
    this.byTime = byTime;
    this.groups = groups;
  }

  /**
   * Keeps a letter. One with the id of another takes its place: its topic was made anew, say.
   *
   * @param letter created not before 1970 and not after now
   * @param offset where it stands in its partition of its topic
   * @return false when it is kept already
   */
  boolean add(DeadLetter letter, long offset) {
    DeskLetter known = letters.get(letter.getId());
    if (known != null) {
      if (known.getLetter().getCreatedAt().equals(letter.getCreatedAt())) {
        return false;
      }
      remove(LetterSummaries.of(known));
    }
    Fingerprint fingerprint = Fingerprint.of(letter);
    DeskLetter kept =
        DeskLetter.newBuilder()
            .setStatus(LetterStatus.OPEN)
            .setFingerprint(fingerprint.hash())
            .setLetter(letter)
            .setOffset(offset)
            .build();
    letters.put(letter.getId(), kept);
    byTime.put(LetterSummaries.of(kept));
    count(fingerprint, kept);
    return true;
  }

  /**
   * Removes letters that were created at {@code expiredAt} or before, the oldest of each status
   * first.
   *
   * @param limit most letters to remove
   * @return how many were
   */
  int removeExpired(long expiredAt, int limit) {
    int removed = 0;
    for (LetterStatus status : LetterStatus.values()) {
      for (LetterSummary letter : byTime.oldest(status, expiredAt, limit - removed)) {
        remove(letter);
        removed++;
      }
    }
    return removed;
  }

  private void remove(LetterSummary letter) {
    byTime.remove(letter);
    letters.put(letter.getId(), null);
    LetterGroup group = groups.get(letter.getFingerprint());
    if (group != null) {
      boolean wasLast = group.getCount() <= 1;
      groups.put(letter.getFingerprint(), wasLast ? null : without(group, letter));
    }
  }

  private void count(Fingerprint fingerprint, DeskLetter kept) {
    Instant createdAt = kept.getLetter().getCreatedAt();
    LetterGroup group = groups.get(kept.getFingerprint());
    boolean isNew = group == null;
    boolean isLast = isNew || !createdAt.isBefore(group.getLastSeen());
    groups.put(
        kept.getFingerprint(),
        new LetterGroup(
            fingerprint.target(),
            fingerprint.failureClass(),
            fingerprint.message(),
            isNew ? 1L : group.getCount() + 1,
            isNew ? 1L : group.getOpen() + 1,
            isNew || createdAt.isBefore(group.getFirstSeen()) ? createdAt : group.getFirstSeen(),
            isLast ? createdAt : group.getLastSeen(),
            isLast ? kept.getLetter().getId() : group.getExample()));
  }

  private static LetterGroup without(LetterGroup group, LetterSummary letter) {
    return new LetterGroup(
        group.getTarget(),
        group.getFailureClass(),
        group.getMessage(),
        group.getCount() - 1,
        group.getOpen() - (letter.getStatus() == LetterStatus.OPEN ? 1 : 0),
        group.getFirstSeen(),
        group.getLastSeen(),
        group.getExample());
  }
}
