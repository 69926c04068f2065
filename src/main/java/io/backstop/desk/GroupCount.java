package io.backstop.desk;

import io.backstop.action.DeskLetter;
import io.backstop.action.LetterGroup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Groups counted among letters that come in any order, without a desk: how many of them are open is
 * not known. No more than {@value #MOST} groups are kept. For one thread.
 */
public final class GroupCount {
  private static final int MOST = 20_000;

  private final Map<String, LetterGroup> groups = new HashMap<>();
  private boolean complete = true;

  public void add(DeskLetter kept) {
    String fingerprint = kept.getFingerprint();
    LetterGroup group = groups.get(fingerprint);
    if (group == null && groups.size() == MOST) {
      complete = false;
      return;
    }
    LetterGroup one = group == null ? first(kept) : alike(group, kept);
    groups.merge(fingerprint, one, GroupPages::together);
  }

  private static LetterGroup first(DeskLetter kept) {
    Fingerprint fingerprint = Fingerprint.of(kept.getLetter());
    Instant createdAt = kept.getLetter().getCreatedAt();
    return new LetterGroup(
        fingerprint.target(),
        fingerprint.failureClass(),
        fingerprint.message(),
        1L,
        0L,
        createdAt,
        createdAt,
        kept.getLetter().getId());
  }

  /** As {@link #first}, without finding out again what alike letters have in common. */
  private static LetterGroup alike(LetterGroup group, DeskLetter kept) {
    Instant createdAt = kept.getLetter().getCreatedAt();
    return LetterGroup.newBuilder(group)
        .setCount(1)
        .setFirstSeen(createdAt)
        .setLastSeen(createdAt)
        .setExample(kept.getLetter().getId())
        .build();
  }

  /** The largest groups. */
  public GroupPage page(GroupQuery query) {
    List<FoundGroup> found = new ArrayList<>();
    groups.forEach(
        (fingerprint, group) -> {
          if (query.matches(group)) {
            found.add(new FoundGroup(fingerprint, group));
          }
        });
    return GroupPages.largest(found, complete, query.limit());
  }
}
