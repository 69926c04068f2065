package io.backstop.desk;

import io.backstop.action.DeadLetter;
import io.backstop.action.DeskLetter;
import io.backstop.action.LetterGroup;
import io.backstop.action.LetterStatus;
import io.backstop.action.LetterSummary;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueStore;

/** Keeps the letters of one task: by id, by time, and counted in groups. Stream thread only. */
final class Desk {
  private final KeyValueStore<String, DeskLetter> letters;
  private final LettersByTime byTime;
  private final LetterGroups groups;

  Desk(
      KeyValueStore<String, DeskLetter> letters,
      LettersByTime byTime,
      KeyValueStore<String, LetterGroup> groups) {
    this.letters = letters;
    this.byTime = byTime;
    this.groups = new LetterGroups(groups);
  }

  Optional<DeskLetter> find(String id) {
    return Optional.ofNullable(letters.get(id));
  }

  /**
   * Keeps a letter. One with the id of another takes its place: its topic was made anew, say.
   *
   * @param letter created not before 1970 and not after now
   * @param offset where it stands in its partition
   * @return false when it is kept already
   */
  boolean add(DeadLetter letter, long offset) {
    DeskLetter known = letters.get(letter.getId());
    if (known != null) {
      if (known.getLetter().getCreatedAt().equals(letter.getCreatedAt())) {
        return false;
      }
      byTime.remove(LetterSummaries.of(known));
      groups.changed(known, null);
    }
    DeskLetter kept =
        DeskLetter.newBuilder()
            .setStatus(LetterStatus.OPEN)
            .setFingerprint(Fingerprint.of(letter).hash())
            .setLetter(letter)
            .setOffset(offset)
            .build();
    letters.put(letter.getId(), kept);
    byTime.put(LetterSummaries.of(kept));
    groups.changed(null, kept);
    return true;
  }

  /** Puts a letter in the place of what it was. */
  void change(DeskLetter before, DeskLetter after) {
    if (before.getStatus() != after.getStatus()) {
      byTime.remove(LetterSummaries.of(before));
    }
    letters.put(after.getLetter().getId(), after);
    byTime.put(LetterSummaries.of(after));
    groups.changed(before, after);
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
    DeskLetter kept = letters.delete(letter.getId());
    if (kept != null) {
      groups.changed(kept, null);
    }
  }
}
