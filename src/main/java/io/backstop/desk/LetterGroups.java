package io.backstop.desk;

import io.backstop.action.DeskLetter;
import io.backstop.action.LetterGroup;
import io.backstop.action.LetterStatus;
import java.time.Instant;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Counts letters in groups: each lineage once, by the letter in which it goes on. Stream thread
 * only.
 */
final class LetterGroups {
  private final KeyValueStore<String, LetterGroup> store;

  LetterGroups(KeyValueStore<String, LetterGroup> store) {
    this.store = store;
  }

  /** A letter has come, gone or changed. Null for one that was not there or is not any more. */
  void changed(DeskLetter before, DeskLetter after) {
    DeskLetter either = after == null ? before : after;
    int count = counted(after) - counted(before);
    int open = open(after) - open(before);
    if (count > 0) {
      add(either, open);
    } else if (count < 0 || open != 0) {
      change(either.getFingerprint(), count, open);
    }
  }

  private static int counted(DeskLetter letter) {
    return letter != null && Lineages.isLast(letter) ? 1 : 0;
  }

  private static int open(DeskLetter letter) {
    return letter != null && letter.getStatus() == LetterStatus.OPEN ? counted(letter) : 0;
  }

  private void add(DeskLetter letter, int open) {
    Instant createdAt = letter.getLetter().getCreatedAt();
    LetterGroup group = store.get(letter.getFingerprint());
    boolean isNew = group == null;
    boolean isLast = isNew || !createdAt.isBefore(group.getLastSeen());
    Fingerprint fingerprint = Fingerprint.of(letter.getLetter());
    store.put(
        letter.getFingerprint(),
        new LetterGroup(
            fingerprint.target(),
            fingerprint.failureClass(),
            fingerprint.message(),
            isNew ? 1L : group.getCount() + 1,
            isNew ? open : group.getOpen() + open,
            isNew || createdAt.isBefore(group.getFirstSeen()) ? createdAt : group.getFirstSeen(),
            isLast ? createdAt : group.getLastSeen(),
            isLast ? letter.getLetter().getId() : group.getExample()));
  }

  private void change(String fingerprint, int count, int open) {
    LetterGroup group = store.get(fingerprint);
    if (group == null) {
      return;
    }
    boolean isEmpty = group.getCount() + count <= 0;
    store.put(
        fingerprint,
        isEmpty
            ? null
            : LetterGroup.newBuilder(group)
                .setCount(group.getCount() + count)
                .setOpen(group.getOpen() + open)
                .build());
  }
}
